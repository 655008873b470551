#pragma once

#include <string>
#include <string_view>

namespace gavah::extract {

/// Removes white space and invisible marks (direction marks, ZWNJ, byte order marks) at both ends.
std::string_view trimmed(std::string_view text);

/// Lower-case ASCII, ي and ك as Persian writes them, invisible marks and tatweel removed, white space runs as one
/// space. For comparing with word lists only.
std::string folded(std::string_view text);

/// True when the whole line is furniture of a page and no statement: reading time, share and follow buttons,
/// "Advertisement", "Read more", «زمان مطالعه», «بیشتر بخوانید» … in English, Persian and Arabic (and the German and
/// French forms of the same).
[[nodiscard]] bool is_furniture(std::string_view line);

/// True when the whole line is furniture of a post in a discussion: what is known of its writer ("Join date: …",
/// «تاریخ عضویت»), buttons, who edited it, its number, an age that nothing anchors ("2 hours ago").
[[nodiscard]] bool is_post_furniture(std::string_view line);

/// The name in "By Name", «نویسنده: نام», "بقلم: …", or empty when the line is no byline. Lines over 100 bytes are
/// none.
std::string author_of_byline(std::string_view line);

/// False for the first byte of a line (behind white space and invisible marks) that author_of_byline() gives no name
/// of.
[[nodiscard]] bool may_begin_byline(char c);

/// A name without what stands beside it in one line: "By", a month with a day, bars, the same name once more.
std::string name_alone(std::string name);

/// True when the line reads as a headline: at most 180 bytes, at least two words, no sentence end.
[[nodiscard]] bool is_title_like(std::string_view line);

/// How many characters, not bytes.
std::size_t character_count(std::string_view text);

}  // namespace gavah::extract
