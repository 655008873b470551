#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace gavah::capture {

/// True when a text begins as the files of an X archive do: "window.YTD.tweets.part0 = [", in archives before 2019
/// "Grailbird.data.tweets_2031_05 = [".
[[nodiscard]] bool is_x_archive_file(std::string_view head);

/// What account.js says of the account whose archive it is, as hints for its posts: "author_handle", "author_name".
/// Nothing where it cannot be read.
std::map<std::string, std::string> read_x_account(std::string_view account);

}  // namespace gavah::capture
