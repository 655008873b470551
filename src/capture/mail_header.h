#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace gavah::capture {

/// The value of a parameter of a header field (RFC 2045, 5.1): "x y" of `multipart/related; boundary="x y"`; empty when
/// there is none. Names are matched without case.
std::string mail_parameter(std::string_view field, std::string_view name);

/// A date of RFC 5322, 3.3, obsolete zones included: "Sat, 3 May 2031 08:30:00 +0330". Nothing when it is none. A zone
/// of letters that is not GMT or one of North America's is taken as UTC, as the RFC says.
std::optional<Instant> mail_date(std::string_view text);

/// A header's words with its encoded words (RFC 2047) decoded: UTF-8. What cannot be decoded stays as written.
std::string mail_words(std::string_view text);

/// True when a text begins with the header of a message as mail has it: an e-mail, or a page saved as MHTML.
[[nodiscard]] bool is_mail(std::string_view head);

}  // namespace gavah::capture
