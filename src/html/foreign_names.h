#pragma once

#include <string_view>

namespace gavah::html {

/// SVG's own spelling of an element's name in lower case ("foreignobject": "foreignObject"; section 13.2.6.5).
std::string_view svg_name(std::string_view name);
/// SVG's own spelling of an attribute's name ("viewbox": "viewBox"; section 13.2.6.1).
std::string_view svg_attribute(std::string_view name);
/// The same for MathML ("definitionurl": "definitionURL").
std::string_view math_attribute(std::string_view name);
/// Attributes of foreign elements that have a namespace of their own: "xlink:href" and others of section 13.2.6.1.
[[nodiscard]] bool has_namespace(std::string_view attribute);

}  // namespace gavah::html
