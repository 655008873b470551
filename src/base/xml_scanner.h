#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace gavah {

/// One piece of an XML document.
struct XmlToken {
  enum class Kind {
    open,   ///< <name attributes>
    close,  ///< </name>
    empty,  ///< <name attributes/>
    text,   ///< character data with its references, as it stands
    cdata,  ///< the inside of <![CDATA[…]]>, which has no references
    more,   ///< the bytes end inside a token that begins at `begin`, or between tokens
  };
  Kind kind = Kind::more;
  std::string_view name;        ///< without its prefix ("row" of "x:row")
  std::string_view attributes;  ///< as they stand
  std::size_t begin = 0;        ///< of the token in the bytes
  std::size_t end = 0;
  std::size_t text_begin = 0;  ///< of text and cdata: where the characters stand
  std::size_t text_end = 0;

  [[nodiscard]] bool opens(std::string_view element) const {
    return (kind == Kind::open || kind == Kind::empty) && name == element;
  }
  /// The value of an attribute, references undone; its prefix may be left out of `name`. Empty when there is none.
  std::string attribute(std::string_view name) const;
};

/// Cuts XML 1.0 (UTF-8) into tokens, strictly: a document type is refused, because it can define entities that grow
/// without limit; comments and instructions are passed over. Whether tags match is for the caller. Views into the bytes
/// given, which must outlive them. One thread.
class XmlScanner {
 public:
  explicit XmlScanner(std::string_view bytes, std::size_t begin = 0) : bytes_(bytes), at_(begin) {}

  /// The next token; Kind::more at the end of the bytes. invalid_input for what is no XML.
  Result<XmlToken> next();

 private:
  bool skip_remark();
  Result<XmlToken> markup();

  std::string_view bytes_;
  std::size_t at_ = 0;
};

/// A reference ("&amp;", "&#x6a9;") at a place in character data.
struct XmlReference {
  std::uint32_t value = 0;     ///< the character; U+FFFD for one that XML does not know
  std::size_t size_bytes = 0;  ///< 0 when no reference stands there
};
XmlReference xml_reference_at(std::string_view text, std::size_t at);

/// Character data with its references undone.
std::string xml_text(std::string_view text);

}  // namespace gavah
