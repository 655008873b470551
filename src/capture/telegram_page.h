#pragma once

#include <string_view>

namespace gavah::capture {

/// True when the head of a page is that of a chat that Telegram Desktop exported as HTML (messages.html,
/// messages2.html).
[[nodiscard]] bool is_telegram_page(std::string_view head);
/// True when it is another page of such an export: a list of chats, contacts, sessions.
[[nodiscard]] bool is_telegram_list(std::string_view head);

}  // namespace gavah::capture
