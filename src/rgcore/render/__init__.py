"""What people hold in their hands, made from a `View` and from nothing else."""
