#include "model/source.h"

namespace gavah {
namespace {

std::optional<Day> read_day(ObjectReader& in, const Json& item) {
  if (item.string() == nullptr) return std::nullopt;
  const auto day = Day::parse(*item.string());
  if (day) return *day;
  in.complain("valid", day.error().message);
  return std::nullopt;
}

}  // namespace

const std::string& family_of(const Source& source) { return source.family.empty() ? source.id : source.family; }

std::string to_json(const Source& source) {
  JsonWriter out;
  out.begin_object().member("type", "source").member("id", source.id).member("name", source.name);
  out.member("kind", source.kind)
      .member("family", source.family)
      .member("lang", source.lang)
      .key("valid")
      .begin_array();
  for (const auto& day : {source.valid_from, source.valid_to}) {
    if (day) {
      out.text(day->text());
    } else {
      out.null();
    }
  }
  out.end_array().member("reason", source.reason).end_object();
  return out.take();
}

Result<Source> source_from_json(const Json& json) {
  ObjectReader in(json);
  Source out;
  out.id = in.text("id");
  out.name = in.optional_text("name").value_or("");
  out.kind = in.optional_text("kind").value_or("");
  out.family = in.optional_text("family").value_or("");
  out.lang = in.optional_text("lang").value_or("");
  const auto& valid = in.array("valid");
  if (valid.size() == 2) {
    out.valid_from = read_day(in, valid[0]);
    out.valid_to = read_day(in, valid[1]);
  }
  out.reason = in.optional_text("reason").value_or("");
  GAVAH_TRY(in.finish());
  return out;
}

}  // namespace gavah
