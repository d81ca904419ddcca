"""The embedded AWS as AWS itself uses it: boto3 clients that call in process, without sockets, gates or authorisation.

CloudFormation creates resources this way. What a function or a person does goes through the server instead.
"""

from __future__ import annotations

import functools
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import boto3
import botocore.session
import moto.core.utils
from botocore.awsrequest import AWSResponse
from botocore.config import Config

from rehearsal.aws import server, wire
from rehearsal.aws.environ import environ as wsgi_environ
from rehearsal.aws.sessions import DEPLOYER_KEY
from rehearsal.aws.world import REGION, current

LOADER = moto.core.loaders.create_loader()
moto.core.utils.create_loader = lambda: LOADER
CONFIG = Config(
    retries={"max_attempts": 0}, s3={"addressing_style": "path"}, request_checksum_calculation="when_required"
)


@functools.cache
def client(service: str, region: str = REGION) -> Any:
    """A boto3 client of the current world. Errors of AWS are botocore's ClientError, as everywhere."""
    made = _session(service != "s3").client(
        service,
        region_name=region,
        endpoint_url="http://127.0.0.1",
        aws_access_key_id=DEPLOYER_KEY,
        aws_secret_access_key="not-checked",
        config=CONFIG,
    )
    made.meta.events.register("before-send.*", _in_process)
    return made


@functools.cache
def _session(shares_models: bool) -> boto3.Session:
    """Shares moto's descriptions of the services, so that each is read once; not S3's, which botocore rewrites."""
    botocore_session = botocore.session.Session()
    if shares_models:
        botocore_session.register_component("data_loader", LOADER)
    return boto3.Session(botocore_session=botocore_session)


class _Body(BytesIO):
    """What botocore expects of urllib3's answer."""

    def stream(self, **_: Any) -> Any:
        while chunk := self.read(65536):
            yield chunk


def _in_process(request: Any, **_: Any) -> AWSResponse:
    url = urlsplit(request.url)
    body = request.body or b""
    if hasattr(body, "read"):
        body = body.read()
    if isinstance(body, str):
        body = body.encode()
    path = url.path or "/"
    target = f"{path}?{url.query}" if url.query else path
    headers = ((name, value.decode() if isinstance(value, bytes) else value) for name, value in request.headers.items())
    environ = wsgi_environ(request.method, target, headers, body)
    # Queue URLs are made of the host: they must lead functions to the server.
    environ["HTTP_HOST"] = urlsplit(current().url).netloc or url.netloc
    parsed = wire.parse(environ, body)
    if parsed is None:
        raise RuntimeError(f"no AWS signature on {request.method} {request.url}")
    response = server.door(current()).execute(parsed)
    return AWSResponse(request.url, response.status, dict(response.headers), _Body(response.body))
