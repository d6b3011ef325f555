"""What others would do: each module measures one way to keep the same group."""
