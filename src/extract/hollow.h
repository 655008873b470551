#pragma once

#include <string>
#include <string_view>

namespace gavah::extract {

/// What is known of a capture when it is asked whether it holds a statement.
struct HollowInput {
  std::string_view title;
  std::string_view text;         ///< main text as extracted
  std::string_view http_status;  ///< as the container states it, may be empty
  std::string_view shown{};      ///< all words that a browser would show, furniture too; asked for where text is empty
  bool has_password_field = false;
  bool has_scripts = false;
  bool is_dated = false;                ///< states the day it was published, as articles do
  bool frames_private_address = false;  ///< shows a frame from within a network (10.…): a censor's notice
};

/// Why the capture holds no statement of its source: "empty body", "needs scripts", "login wall", "consent wall",
/// "age gate", "subscription wall", "post not available", "block page", "page not found", "error page"; empty when it
/// does hold one. English, Persian and Arabic wording; only short texts are judged by words, since an article may
/// speak of captchas. The beginning of an article that ends at a wall is a statement: it is not hollow.
std::string hollow_reason(const HollowInput& input);

/// The same for a post or message: "post not available" where the platform's notice stands in the place of its words.
std::string hollow_reason_of_post(std::string_view text);

}  // namespace gavah::extract
