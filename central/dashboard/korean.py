"""Every problem's sentence in Korean, by its code. The English one stands where it is raised."""

from __future__ import annotations

from typing import Final

KOREAN: Final[dict[str, str]] = {
    "account_locked": "비밀번호를 여러 번 틀렸습니다. 15분 뒤에 다시 시도해 주세요.",
    "bad_request": "요청을 이해할 수 없습니다.",
    "bank_empty": "이 언어의 질문이 질문 은행에 없습니다.",
    "candidate_unknown": "해당하는 지원자 계정이 없습니다.",
    "csrf": "페이지가 오래되었습니다. 새로 고친 뒤 다시 시도해 주세요.",
    "forbidden": "허용되지 않은 요청입니다.",
    "internal": "문제가 발생했습니다. 기록해 두었습니다.",
    "interview_has_no_questions": "시작하기 전에 질문을 하나 이상 추가해 주세요.",
    "interview_not_live": "진행 중인 면접이 아닙니다.",
    "interview_not_scheduled": "예정 상태의 면접이 아니어서 할 수 없습니다.",
    "interview_unknown": "해당하는 면접이 없습니다.",
    "invalid": "요청 형식이 올바르지 않습니다.",
    "method_not_allowed": "허용되지 않은 방식의 요청입니다.",
    "not_found": "찾는 것이 없습니다.",
    "not_signed_in": "먼저 로그인해 주세요.",
    "note_text": "메모는 1자 이상 4000자 이하로 적어 주세요.",
    "notice_text": "안내 문장은 1자 이상 200자 이하로 적어 주세요.",
    "password_length": "비밀번호는 10자 이상, 72바이트 이하여야 합니다.",
    "question_choice": "content, bank_question_id, question_id 중 하나만 보내 주세요.",
    "question_text": "질문은 1자 이상 500자 이하로 적어 주세요.",
    "question_unknown": "해당하는 질문이 없습니다.",
    "report_not_ready": "리포트가 아직 준비되지 않았습니다.",
    "role_not_allowed": "이 역할로는 할 수 없는 일입니다.",
    "room_busy": "이 면접실에서는 이미 면접이 진행 중이거나 곧 시작됩니다.",
    "room_unknown": "해당하는 면접실이 없습니다.",
    "session_ended": "로그인이 만료되었습니다. 다시 로그인해 주세요.",
    "token_expired": "접근 토큰이 만료되었습니다. 새로 받아 주세요.",
    "token_invalid": "접근 토큰이 올바르지 않습니다.",
    "too_large": "보낸 내용이 너무 큽니다.",
    "too_many_attempts": "시도가 너무 많습니다. 1분 뒤에 다시 시도해 주세요.",
    "user_exists": "이미 사용 중인 이메일 또는 사용자 이름입니다.",
    "wrong_password": "사용자 이름 또는 비밀번호가 올바르지 않습니다.",
}
