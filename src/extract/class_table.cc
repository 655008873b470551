#include "extract/class_table.h"

namespace gavah::extract {

ClassTable::ClassTable(const html::Document& page) : rows_(page.nodes().size()) {
  for (html::NodeIndex i = 0; i < rows_.size(); ++i) {
    if (page.is_element(i)) read(page, i);
  }
}

namespace {

/// What these are called says nothing of words or dates: they hold none.
bool is_signed(const html::Document& page, html::NodeIndex index) {
  using enum html::Tag;
  return !page.is_element(index, script) && !page.is_element(index, style) && !page.is_element(index, link) &&
         !page.is_element(index, meta);
}

}  // namespace

void ClassTable::read(const html::Document& page, html::NodeIndex index) {
  Row& row = rows_[index];
  for (const html::Attribute& attribute : page.attributes(index)) {
    row.attributes = static_cast<std::uint8_t>(row.attributes | kind_of(attribute));
    if (attribute.name == "class" && is_signed(page, index)) row.of_class = class_signs(attribute.value);
    if (attribute.name == "id" && is_signed(page, index)) row.of_id = class_signs(attribute.value);
  }
}

std::uint8_t ClassTable::kind_of(const html::Attribute& attribute) {
  const std::string_view name = attribute.name;
  switch (name.size()) {
    case 3:
      return name == "rel" ? kRel : 0;
    case 4:
      return name == "role" ? kRole : 0;
    case 5:
      if (name == "style") return kHiding;
      break;
    case 6:
      if (name == "hidden") return kHiding;
      break;
    case 8:
      if (name == "itemprop") return kItemprop;
      break;
    case 11:
      if (name == "aria-hidden") return kHiding;
      break;
    default:
      break;
  }
  return attribute.value.size() >= kDataBytes && name.starts_with("data-") ? kData : 0;
}

}  // namespace gavah::extract
