#pragma once

#include <string>
#include <string_view>

namespace gavah::extract {

/// What is known of a capture when it is asked whether it holds a statement.
struct HollowInput {
  std::string_view title;
  std::string_view text;         ///< main text as extracted
  std::string_view http_status;  ///< as the container states it, may be empty
  bool has_password_field = false;
};

/// Why the capture holds no statement of its source: "empty body", "login wall", "consent wall", "post not available",
/// "block page", "page not found", "subscription wall"; empty when it does hold one. English, Persian and Arabic
/// wording; only short texts are judged by words, since an article may speak of captchas.
std::string hollow_reason(const HollowInput& input);

/// The same for a post or message: "post not available" where the platform's notice stands in the place of its words.
std::string hollow_reason_of_post(std::string_view text);

}  // namespace gavah::extract
