#pragma once

#include <vector>

#include "extract/class_words.h"
#include "html/html.h"

namespace gavah::extract {

/// What each element of a page says in its attributes, read once for all that ask. A copy of nothing: the page may go.
/// Read from any thread.
class ClassTable {
 public:
  /// Attributes that few elements have.
  enum Attribute : std::uint8_t {
    kItemprop = 1,
    kRel = 2,
    kRole = 4,
    kHiding = 8,  ///< style, hidden, aria-hidden
    kData = 16,   ///< data-… with at least kDataBytes
  };
  static constexpr std::size_t kDataBytes = 16;

  /// Linear in the bytes of attributes.
  explicit ClassTable(const html::Document& page);

  /// Of scripts, styles, <link> and <meta>, which hold no words: no signs.
  ClassSigns of_class(html::NodeIndex index) const { return rows_[index].of_class; }
  ClassSigns of_id(html::NodeIndex index) const { return rows_[index].of_id; }
  bool has(html::NodeIndex index, Attribute attribute) const { return (rows_[index].attributes & attribute) != 0; }
  /// False when no word of its class or id has a sign and it has none of itemprop, role and kHiding.
  bool says_anything(html::NodeIndex index) const {
    const Row& row = rows_[index];
    return !row.of_class.is_none() || !row.of_id.is_none() || (row.attributes & (kItemprop | kRole | kHiding)) != 0;
  }

 private:
  struct Row {
    ClassSigns of_class;
    ClassSigns of_id;
    std::uint8_t attributes = 0;
  };
  void read(const html::Document& page, html::NodeIndex index);
  static std::uint8_t kind_of(const html::Attribute& attribute);
  std::vector<Row> rows_;  ///< by node
};

}  // namespace gavah::extract
