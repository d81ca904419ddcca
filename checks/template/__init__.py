"""The rules that template.yaml has to keep, and the faults that prove that each rule can fail.

A rule is a function that looks at a ``Template`` and yields one sentence for each place where it is broken. ``rule``
registers it; ``planted.py`` has at least one fault for each.
"""
