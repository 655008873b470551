#pragma once

#include "html/tree.h"

namespace gavah::html {

/// Fills each select's first <selectedcontent> with copies of what its chosen option holds, as the standard does while
/// a page is read (section 4.10.7, "maybe clone an option into selectedcontent"). Each option is copied once at most.
void fill_selected_content(Tree& tree);

}  // namespace gavah::html
