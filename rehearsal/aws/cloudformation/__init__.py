"""CloudFormation: makes a stack from a template, each resource through the public API of the embedded AWS.

moto's own CloudFormation skips types and properties that it does not know; a rehearsal of a deploy must not. Here an
unknown type, property, function or attribute fails the stack with its name.
"""
