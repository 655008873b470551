#pragma once

#include <string_view>

namespace gavah::capture {

/// True when a text is a chat exported line by line, as WhatsApp and Signal do: of its first lines two (or the only
/// one) begin with a numeric date and a time of day, in brackets or not.
[[nodiscard]] bool is_chat_export(std::string_view head);

}  // namespace gavah::capture
