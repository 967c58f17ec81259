"""The interface: OpenAPI 3.1 at /api/v1/openapi.json. Same actions, same scopes as the pages; refusals in the same words."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from qinqing.api.auth import Bearer
from qinqing.api.v1 import cases, registers
from qinqing.kernel.errors import Refused

api = NinjaAPI(
    title="亲清接口",
    version="1.0",
    description="镇企业联系服务机制：企业、事项、任务、账目。令牌代表一个岗位，看得到什么、能做什么与网页一样。",
    auth=Bearer(),
    urls_namespace="api",
    docs_url=None,
)
api.add_router("", registers.router)
api.add_router("", cases.router)


def _answer(request: HttpRequest, status: int, code: str, sentence: str, field: str = "") -> HttpResponse:
    return api.create_response(request, {"code": code, "sentence": sentence, "field": field}, status=status)


@api.exception_handler(Refused)
def refused(request: HttpRequest, fault: Refused) -> HttpResponse:
    """Say a refusal as the pages say it."""
    return _answer(request, fault.status, fault.code, fault.sentence, fault.field)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Say which input does not have the form the description gives."""
    first: dict[str, Any] = fault.errors[0] if fault.errors else {}
    place = [str(part) for part in first.get("loc", ())]
    field = place[-1] if place else ""
    return _answer(request, 422, "invalid", f"“{field or '内容'}”不符合接口说明，请核对类型和长度。", field)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, _fault: AuthenticationError) -> HttpResponse:
    """Say that the token is none."""
    return _answer(request, 401, "unauthenticated", "令牌无效、已作废，或所代表的岗位已终止。")


@api.exception_handler(HttpError)
def malformed(request: HttpRequest, fault: HttpError) -> HttpResponse:
    """Say that the body could not be read."""
    return _answer(request, fault.status_code, "malformed", "请求内容无法读取，请按接口说明发送。")


@api.exception_handler(Http404)
def missing(request: HttpRequest, _fault: Http404) -> HttpResponse:
    """Say that there is nothing."""
    return _answer(request, 404, "not_found", "没有找到。")


urlpatterns = [path("api/v1/", api.urls)]
