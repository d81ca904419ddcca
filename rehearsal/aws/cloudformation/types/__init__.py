"""The resource types, a file for each kind of thing."""

from rehearsal.aws.cloudformation.types import (  # noqa: F401
    access,
    alarms,
    compute,
    custom,
    data,
    databases,
    edge,
    functions,
    messaging,
    network,
    scheduling,
)
