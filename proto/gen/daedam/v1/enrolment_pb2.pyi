from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EnrolRequest(_message.Message):
    __slots__ = ("token", "csr", "wall_ns", "former_certificate", "former_signature")
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    CSR_FIELD_NUMBER: _ClassVar[int]
    WALL_NS_FIELD_NUMBER: _ClassVar[int]
    FORMER_CERTIFICATE_FIELD_NUMBER: _ClassVar[int]
    FORMER_SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    token: str
    csr: bytes
    wall_ns: int
    former_certificate: bytes
    former_signature: bytes
    def __init__(self, token: _Optional[str] = ..., csr: _Optional[bytes] = ..., wall_ns: _Optional[int] = ..., former_certificate: _Optional[bytes] = ..., former_signature: _Optional[bytes] = ...) -> None: ...

class EnrolResponse(_message.Message):
    __slots__ = ("credential",)
    CREDENTIAL_FIELD_NUMBER: _ClassVar[int]
    credential: Credential
    def __init__(self, credential: _Optional[_Union[Credential, _Mapping]] = ...) -> None: ...

class RenewRequest(_message.Message):
    __slots__ = ("csr", "wall_ns")
    CSR_FIELD_NUMBER: _ClassVar[int]
    WALL_NS_FIELD_NUMBER: _ClassVar[int]
    csr: bytes
    wall_ns: int
    def __init__(self, csr: _Optional[bytes] = ..., wall_ns: _Optional[int] = ...) -> None: ...

class RenewResponse(_message.Message):
    __slots__ = ("credential",)
    CREDENTIAL_FIELD_NUMBER: _ClassVar[int]
    credential: Credential
    def __init__(self, credential: _Optional[_Union[Credential, _Mapping]] = ...) -> None: ...

class ChallengeRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ChallengeResponse(_message.Message):
    __slots__ = ("challenge",)
    CHALLENGE_FIELD_NUMBER: _ClassVar[int]
    challenge: bytes
    def __init__(self, challenge: _Optional[bytes] = ...) -> None: ...

class RecoverRequest(_message.Message):
    __slots__ = ("challenge", "certificate", "csr", "signature", "wall_ns")
    CHALLENGE_FIELD_NUMBER: _ClassVar[int]
    CERTIFICATE_FIELD_NUMBER: _ClassVar[int]
    CSR_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    WALL_NS_FIELD_NUMBER: _ClassVar[int]
    challenge: bytes
    certificate: bytes
    csr: bytes
    signature: bytes
    wall_ns: int
    def __init__(self, challenge: _Optional[bytes] = ..., certificate: _Optional[bytes] = ..., csr: _Optional[bytes] = ..., signature: _Optional[bytes] = ..., wall_ns: _Optional[int] = ...) -> None: ...

class RecoverResponse(_message.Message):
    __slots__ = ("credential",)
    CREDENTIAL_FIELD_NUMBER: _ClassVar[int]
    credential: Credential
    def __init__(self, credential: _Optional[_Union[Credential, _Mapping]] = ...) -> None: ...

class Credential(_message.Message):
    __slots__ = ("certificates", "authorities", "generation")
    CERTIFICATES_FIELD_NUMBER: _ClassVar[int]
    AUTHORITIES_FIELD_NUMBER: _ClassVar[int]
    GENERATION_FIELD_NUMBER: _ClassVar[int]
    certificates: bytes
    authorities: bytes
    generation: int
    def __init__(self, certificates: _Optional[bytes] = ..., authorities: _Optional[bytes] = ..., generation: _Optional[int] = ...) -> None: ...
