#pragma once

#include <string_view>
#include <vector>

#include "extract/page_blocks.h"
#include "html/html.h"

namespace gavah::extract {

/// The blocks of a page that are its main text, and where that is.
struct MainText {
  html::NodeIndex container = 0;
  std::vector<std::uint32_t> blocks;             ///< indices into PageBlocks::blocks, in order
  html::NodeIndex opening_post = html::kNoNode;  ///< of a discussion: the element of the post that began it, if found
  std::size_t size = 0;                          ///< characters of those blocks, and of what posts quote of them
};

/// What is known of the page before its main text is: lines that only repeat it are left out.
struct PageNames {
  std::string_view title;
  std::string_view author;
};

/// Who wrote the main text: many write one below the other in discussions, and the text is all of them.
enum class Writers { one, many };

/// Finds the main text: an element that says it holds the article (itemprop, class words), else <article>, <main>,
/// else the smallest element that holds nearly all running text; of it, what is no furniture, no comment and no list of
/// links; and the lead between the heading and that element. Of a discussion, its posts (page_thread.h), each under its
/// writer's name and its date, and the question above them; paragraphs that posts quote of posts above stand once.
/// Lines that repeat the title or the author are left out, and so are short lines with a date or without a stop above
/// the first paragraph's headline. No site is known by name. Linear.
MainText find_main_text(const html::Document& page, const ClassTable& table, const PageBlocks& cut,
                        const PageNames& names, Writers writers);

}  // namespace gavah::extract
