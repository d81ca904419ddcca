"""The wire formats of AWS: which operation a request is, with which parameters, and how an error is written back.

Protocols: query, ec2, json 1.0/1.1, rest-json, rest-xml and, for the services whose SDKs speak it, RPC v2 CBOR
(cbor.py). Routing and parsing are moto's own, which follow botocore's service models.
AWS documentation: "AWS Signature Version 4", and the protocol pages of smithy.io/2.0/aws/protocols.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from moto.core.model import OperationModel, ServiceModel
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request as MotoRequest
from moto.core.request import determine_request_protocol
from moto.core.routing import NotFound, get_service_router
from moto.core.utils import get_service_model

from rehearsal.aws import cbor

# Where the name in the signature is not the name of botocore's model.
MODEL_OF_SIGNING_NAME = {
    "monitoring": "cloudwatch",
    "servicequotas": "service-quotas",
    "elasticloadbalancing": "elbv2",
    "tagging": "resourcegroupstaggingapi",
    "states": "stepfunctions",
    "email": "sesv2",
}
# Where IAM's prefix is not the name in the signature (Service Authorization Reference).
IAM_PREFIX_OF_SIGNING_NAME = {"monitoring": "cloudwatch", "tagging": "tag", "email": "ses"}

CREDENTIAL = re.compile(r"Credential=([^/,]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request")


@dataclass
class Request:
    """One AWS call as the service understands it."""

    model: ServiceModel
    operation: OperationModel | None  # None: botocore's model does not know it
    prefix: str  # IAM's service prefix
    action: str
    params: dict[str, Any]
    access_key: str
    region: str
    protocol: str
    environ: dict[str, Any] = field(repr=False, default_factory=dict)  # what moto gets; rewritten from CBOR to JSON
    body: bytes = field(repr=False, default=b"")

    @property
    def name(self) -> str:
        return f"{self.prefix}:{self.action}"

    @property
    def shown_params(self) -> dict[str, Any]:
        """The parameters without what AWS's model calls sensitive: evidence must not hold secrets."""
        shape = self.operation.input_shape if self.operation else None
        return hide_sensitive(shape, self.params) if shape else self.params


@dataclass
class Response:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name), None)


def parse(environ: dict[str, Any], body: bytes) -> Request | None:
    """None if the request carries no AWS signature."""
    scope = CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
    if scope is None:
        return None
    access_key, _, region, signing_name = scope.groups()
    model = get_service_model(MODEL_OF_SIGNING_NAME.get(signing_name, signing_name))
    is_cbor = environ.get("HTTP_SMITHY_PROTOCOL") == "rpc-v2-cbor"
    if is_cbor:
        environ, body = cbor.to_json_request(environ, body, model)
    request = MotoRequest({**environ, "wsgi.input": BytesIO(body)})
    protocol = determine_request_protocol(model, request.content_type)
    operation, params, action = None, {}, "Unknown"
    try:
        operation, uri_params = get_service_router(model.service_name).match(request)
    except NotFound:
        action = environ.get("HTTP_X_AMZ_TARGET", "").split(".")[-1] or request.values.get("Action", action)
    else:
        action = operation.name
        parser = PROTOCOL_PARSERS[protocol](operation)
        params = parser.parse(
            {
                "method": request.method,
                "values": request.values,
                "headers": request.headers,
                "body": body,
                "url_path": request.path,
                "url_params": uri_params,
            }
        )
    prefix = IAM_PREFIX_OF_SIGNING_NAME.get(signing_name, signing_name)
    shown_protocol = "cbor" if is_cbor else protocol
    return Request(model, operation, prefix, action, params, access_key, region, shown_protocol, environ, body)


def error(request: Request, code: str, message: str, status: int, request_id: str) -> Response:
    """An error as the service itself would write it."""
    kind = "Sender" if status < 500 else "Receiver"
    headers = [("x-amzn-RequestId", request_id)]
    if request.protocol in ("query", "rest-xml", "ec2"):
        xml = _xml_error(request, escape(code), escape(message), kind, request_id)
        return Response(status, [*headers, ("Content-Type", "text/xml")], xml.encode())
    headers.append(("x-amzn-ErrorType", code))
    if "awsQueryCompatible" in request.model.metadata:
        headers.append(("x-amzn-query-error", f"{code};{kind}"))
    document = {"__type": code, "message": message}
    if request.protocol == "cbor":
        headers += [("Content-Type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor")]
        return Response(status, headers, cbor.encode(document))
    version = request.model.metadata.get("jsonVersion", "1.1")
    content_type = "application/json" if request.protocol == "rest-json" else f"application/x-amz-json-{version}"
    body = json.dumps({**document, "Message": message})
    return Response(status, [*headers, ("Content-Type", content_type)], body.encode())


def _xml_error(request: Request, code: str, message: str, kind: str, request_id: str) -> str:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    if request.protocol == "ec2":
        inner = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
        return f"{head}<Response><Errors>{inner}</Errors><RequestID>{request_id}</RequestID></Response>"
    if request.prefix == "s3":
        return (
            f"{head}<Error><Code>{code}</Code><Message>{message}</Message><RequestId>{request_id}</RequestId></Error>"
        )
    namespace = request.model.metadata.get("xmlNamespace") or f"http://{request.prefix}.amazonaws.com/doc/"
    if isinstance(namespace, dict):
        namespace = namespace["uri"]
    inner = f"<Error><Type>{kind}</Type><Code>{code}</Code><Message>{message}</Message></Error>"
    return f'{head}<ErrorResponse xmlns="{namespace}">{inner}<RequestId>{request_id}</RequestId></ErrorResponse>'


def error_code(response: Response) -> str:
    """The code of an error that moto rendered, for the evidence."""
    header = response.header("x-amzn-errortype")
    if header:
        return header.split("#")[-1].split(":")[0]
    text = response.body.decode("utf-8", "replace")
    in_json = re.search(r'"(?:__type|code|Code)"\s*:\s*"([^"]+)"', text)
    if in_json:
        return in_json.group(1).split("#")[-1]
    in_xml = re.search(r"<Code>([^<]+)</Code>", text)
    return in_xml.group(1) if in_xml else f"HTTP {response.status}"


def hide_sensitive(shape: Any, value: Any) -> Any:
    """A copy of ``value`` in which members that the service model marks as sensitive read ``***``."""
    if shape.metadata.get("sensitive"):
        return "***"
    if shape.type_name == "structure" and isinstance(value, dict):
        return {
            key: hide_sensitive(shape.members[key], item) if key in shape.members else item
            for key, item in value.items()
        }
    if shape.type_name == "list" and isinstance(value, list):
        return [hide_sensitive(shape.member, item) for item in value]
    if shape.type_name == "map" and isinstance(value, dict):
        return {key: hide_sensitive(shape.value, item) for key, item in value.items()}
    return value
