#include "model/span.h"

namespace gavah {

void write_span(JsonWriter& out, const std::optional<Span>& span) {
  if (!span) {
    out.null();
    return;
  }
  out.begin_array().unsigned_integer(span->begin).unsigned_integer(span->end).end_array();
}

std::optional<Span> read_span(ObjectReader& in, const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  const auto& items = value->items();
  const auto begin = items.size() == 2 ? items[0].integer() : std::nullopt;
  const auto end = items.size() == 2 ? items[1].integer() : std::nullopt;
  if (!begin || !end || *begin < 0 || *end < *begin || *end > 0xffffffff) {
    in.complain(key, "a span is two ordered byte offsets");
    return std::nullopt;
  }
  return Span{static_cast<std::uint32_t>(*begin), static_cast<std::uint32_t>(*end)};
}

}  // namespace gavah
