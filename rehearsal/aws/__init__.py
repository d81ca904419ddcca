"""The embedded AWS: moto, plus what moto lacks, one file per AWS service. Each names the AWS page it follows."""

from __future__ import annotations

import functools

import botocore.loaders

# Every boto3 session reads the same megabytes of service descriptions; moto makes dozens of sessions while it is
# imported. One loader for all of them saves seconds at each start.
botocore.loaders.create_loader = functools.cache(botocore.loaders.create_loader)
