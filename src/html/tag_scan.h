#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/span.h"

namespace gavah::html {

/// A tag as a linear scan sees it.
struct ScannedTag {
  Span source;                  ///< '<' to '>'
  std::string name;             ///< lower case, at most 32 bytes of it
  bool is_end = false;          ///< </name>
  bool is_closed = false;       ///< <name/>
  std::string_view attributes;  ///< what stands between the name and '>'
};

/// Finds tags one after another; comments, declarations and the content of raw-text elements are passed over. Linear.
class TagScan {
 public:
  explicit TagScan(std::string_view page) : page_(page) {}
  /// The next tag, or nothing at the end of the page.
  std::optional<ScannedTag> next();

 private:
  std::size_t past_attributes(std::size_t at) const;
  void skip_raw_content(std::string_view name);

  std::string_view page_;
  std::size_t at_ = 0;
};

}  // namespace gavah::html
