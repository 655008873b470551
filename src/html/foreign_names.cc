#include "html/foreign_names.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace gavah::html {
namespace {

constexpr char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// Order of the lower-case spelling.
constexpr bool is_before(std::string_view left, std::string_view right) {
  return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end(),
                                      [](char a, char b) { return small(a) < small(b); });
}

template <std::size_t N>
constexpr std::array<std::string_view, N> sorted(std::array<std::string_view, N> names) {
  std::sort(names.begin(), names.end(), is_before);
  return names;
}

constexpr auto kElements = sorted(std::to_array<std::string_view>({"altGlyph",
                                                                   "altGlyphDef",
                                                                   "altGlyphItem",
                                                                   "animateColor",
                                                                   "animateMotion",
                                                                   "animateTransform",
                                                                   "clipPath",
                                                                   "feBlend",
                                                                   "feColorMatrix",
                                                                   "feComponentTransfer",
                                                                   "feComposite",
                                                                   "feConvolveMatrix",
                                                                   "feDiffuseLighting",
                                                                   "feDisplacementMap",
                                                                   "feDistantLight",
                                                                   "feDropShadow",
                                                                   "feFlood",
                                                                   "feFuncA",
                                                                   "feFuncB",
                                                                   "feFuncG",
                                                                   "feFuncR",
                                                                   "feGaussianBlur",
                                                                   "feImage",
                                                                   "feMerge",
                                                                   "feMergeNode",
                                                                   "feMorphology",
                                                                   "feOffset",
                                                                   "fePointLight",
                                                                   "feSpecularLighting",
                                                                   "feSpotLight",
                                                                   "feTile",
                                                                   "feTurbulence",
                                                                   "foreignObject",
                                                                   "glyphRef",
                                                                   "linearGradient",
                                                                   "radialGradient",
                                                                   "textPath"}));

constexpr auto kAttributes = sorted(std::to_array<std::string_view>({"attributeName",
                                                                     "attributeType",
                                                                     "baseFrequency",
                                                                     "baseProfile",
                                                                     "calcMode",
                                                                     "clipPathUnits",
                                                                     "diffuseConstant",
                                                                     "edgeMode",
                                                                     "filterUnits",
                                                                     "glyphRef",
                                                                     "gradientTransform",
                                                                     "gradientUnits",
                                                                     "kernelMatrix",
                                                                     "kernelUnitLength",
                                                                     "keyPoints",
                                                                     "keySplines",
                                                                     "keyTimes",
                                                                     "lengthAdjust",
                                                                     "limitingConeAngle",
                                                                     "markerHeight",
                                                                     "markerUnits",
                                                                     "markerWidth",
                                                                     "maskContentUnits",
                                                                     "maskUnits",
                                                                     "numOctaves",
                                                                     "pathLength",
                                                                     "patternContentUnits",
                                                                     "patternTransform",
                                                                     "patternUnits",
                                                                     "pointsAtX",
                                                                     "pointsAtY",
                                                                     "pointsAtZ",
                                                                     "preserveAlpha",
                                                                     "preserveAspectRatio",
                                                                     "primitiveUnits",
                                                                     "refX",
                                                                     "refY",
                                                                     "repeatCount",
                                                                     "repeatDur",
                                                                     "requiredExtensions",
                                                                     "requiredFeatures",
                                                                     "specularConstant",
                                                                     "specularExponent",
                                                                     "spreadMethod",
                                                                     "startOffset",
                                                                     "stdDeviation",
                                                                     "stitchTiles",
                                                                     "surfaceScale",
                                                                     "systemLanguage",
                                                                     "tableValues",
                                                                     "targetX",
                                                                     "targetY",
                                                                     "textLength",
                                                                     "viewBox",
                                                                     "viewTarget",
                                                                     "xChannelSelector",
                                                                     "yChannelSelector",
                                                                     "zoomAndPan"}));

template <std::size_t N>
std::string_view spelled(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto* found = std::lower_bound(names.begin(), names.end(), name, is_before);
  return found != names.end() && !is_before(name, *found) ? *found : name;
}

/// The lengths of the listed attributes by first letter: what SVG uses most is none of them.
constexpr auto kAttributeSizes = [] {
  std::array<std::uint32_t, 26> out{};
  for (const std::string_view name : kAttributes)
    out[static_cast<std::size_t>(small(name[0]) - 'a')] |= 1U << name.size();
  return out;
}();

}  // namespace

std::string_view svg_name(std::string_view name) { return spelled(kElements, name); }
std::string_view svg_attribute(std::string_view name) {
  if (name.empty() || name.size() > 31 || name[0] < 'a' || name[0] > 'z') return name;
  const std::uint32_t sizes = kAttributeSizes[static_cast<std::size_t>(name[0] - 'a')];
  return (sizes >> name.size() & 1U) != 0 ? spelled(kAttributes, name) : name;
}
std::string_view math_attribute(std::string_view name) {
  return name == "definitionurl" ? std::string_view("definitionURL") : name;
}

bool has_namespace(std::string_view attribute) {
  static constexpr auto kNames =
      std::to_array<std::string_view>({"xlink:actuate", "xlink:arcrole", "xlink:href", "xlink:role", "xlink:show",
                                       "xlink:title", "xlink:type", "xml:lang", "xml:space", "xmlns", "xmlns:xlink"});
  return std::find(kNames.begin(), kNames.end(), attribute) != kNames.end();
}

}  // namespace gavah::html
