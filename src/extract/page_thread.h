#pragma once

#include <vector>

#include "extract/page_blocks.h"
#include "html/html.h"

namespace gavah::extract {

/// The posts of a discussion: siblings of one shape, most of them with a writer's name or a date, that together hold
/// more of the page's words than any other such siblings. Empty when there are fewer than two. `cut` was made with
/// Trust::discussion. No site or program is known by name. Linear but for the sorting of siblings.
std::vector<html::NodeIndex> find_posts(const html::Document& page, const PageBlocks& cut);

}  // namespace gavah::extract
