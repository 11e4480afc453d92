"""Made-up activities: any JSON in the fields a channel writes."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
_FIELDS = (
    "type", "id", "text", "value", "from", "recipient", "conversation", "channelData", "entities", "attachments",
    "membersAdded", "action", "serviceUrl", "channelId", "locale", "name", "files",
)  # fmt: skip
_KINDS = ("message", "messageUpdate", "messageDelete", "conversationUpdate", "installationUpdate", "invoke")
_NAMES = (
    "composeExtension/query", "composeExtension/fetchTask", "composeExtension/submitAction", "message/submitAction",
    "adaptiveCard/action", "task/fetch",
)  # fmt: skip
_ASKED = st.dictionaries(
    st.sampled_from(("parameters", "messagePayload", "body", "content", "action", "actionName", "actionValue")),
    JSON | st.fixed_dictionaries({"body": st.fixed_dictionaries({"contentType": JSON, "content": st.text() | JSON})}),
    max_size=4,
)
_PRESSES = st.fixed_dictionaries(
    {"losen": st.just(1), "action": st.text(max_size=30)}, optional={"nonce": JSON, "k": JSON}
)

FIELDS: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from(_FIELDS), JSON | st.sampled_from((*_KINDS, *_NAMES)) | _PRESSES | _ASKED, max_size=6
)
"""Some fields of an activity with anything in them."""
