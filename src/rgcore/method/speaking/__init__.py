"""When each rule of the base speaks. Pure functions of a group and its method.

What a rule is called, its sentence and its source stand beside it as data, in
`rgcore.method.rules`. A rule sees no clock; where it needs to know what is over, it
asks `known_until`: the latest day of which anything was recorded.
"""
