"""Osaka, where copies of the snapshots are kept: its key, which is there before the stack, and the parameters."""

from __future__ import annotations

from moto.kms.models import kms_backends

from rehearsal.aws.world import ACCOUNT, World

OSAKA = "ap-northeast-3"
KEY = f"arn:aws:kms:{OSAKA}:{ACCOUNT}:key/11111111-2222-4333-8444-555555555555"
PARAMETERS = {"DrRegion": OSAKA, "DrKmsKeyId": KEY.rsplit("/", 1)[-1]}


def make_key(world: World) -> None:
    del world
    kms = kms_backends[ACCOUNT][OSAKA]
    key = kms.create_key("", "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", "copies of the shop's snapshots", None)
    key.id, key.arn = KEY.rsplit("/", 1)[-1], KEY
    kms.keys[key.id] = key
