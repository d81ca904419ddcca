"""RPC v2 CBOR, which the newer SDKs speak with CloudWatch and a few others: turned into JSON for moto and back.

moto knows the JSON protocol of these services. Encoding and decoding are botocore's.
Protocol: smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

from botocore.parsers import JSONParser, RpcV2CBORParser
from botocore.serialize import RpcV2CBORSerializer
from moto.core.model import ServiceModel


def decode(body: bytes) -> Any:
    parser = RpcV2CBORParser()
    return parser.parse_data_item(parser.get_peekable_stream_from_bytes(body)) if body else {}


def to_json_request(environ: dict[str, Any], body: bytes, model: ServiceModel) -> tuple[dict[str, Any], bytes]:
    """The same request in the JSON protocol. The operation stands at the end of the path."""
    operation = environ["PATH_INFO"].rsplit("/", 1)[-1]
    text = json.dumps(decode(body), default=_plain).encode()
    version = model.metadata.get("jsonVersion", "1.0")
    rewritten = {
        **environ,
        "PATH_INFO": "/",
        "RAW_URI": "/",
        "REQUEST_URI": "/",
        "CONTENT_TYPE": f"application/x-amz-json-{version}",
        "CONTENT_LENGTH": str(len(text)),
        "HTTP_X_AMZ_TARGET": f"{model.metadata['targetPrefix']}.{operation}",
    }
    rewritten.pop("HTTP_SMITHY_PROTOCOL")
    rewritten.pop("HTTP_CONTENT_ENCODING", None)
    return rewritten, text


def from_json_answer(body: bytes, status: int, output_shape: Any) -> bytes:
    """The body of a JSON answer in CBOR."""
    if status >= 400:
        document = json.loads(body or b"{}")
        return encode({key: value for key, value in document.items() if isinstance(value, str)})
    if output_shape is None:
        return b""
    parsed = JSONParser().parse({"body": body, "headers": {}, "status_code": status}, output_shape)
    parsed.pop("ResponseMetadata", None)
    item = bytearray()
    RpcV2CBORSerializer()._serialize_data_item(item, parsed, output_shape)
    return bytes(item)


def encode(document: dict[str, str]) -> bytes:
    """A map of texts: all that an error needs."""
    serializer = RpcV2CBORSerializer()
    item = bytearray()
    info, size = serializer._get_additional_info_and_num_bytes(len(document))
    item.extend(serializer._get_initial_byte(serializer.MAP_MAJOR_TYPE, info))
    item.extend(len(document).to_bytes(size, "big") if size else b"")
    for key, value in document.items():
        serializer._serialize_type_string(item, key, None, None)
        serializer._serialize_type_string(item, value, None, None)
    return bytes(item)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(f"no JSON for {type(value).__name__}")
