#include "model/count.h"

#include "model/named.h"

namespace gavah {
namespace {

constexpr std::array<Named<CountScope>, 4> kScopes{{{CountScope::this_act, "this act"},
                                                    {CountScope::so_far, "so far"},
                                                    {CountScope::since, "since"},
                                                    {CountScope::per_day, "per day"}}};

}  // namespace

std::string_view name_of(CountScope scope) { return name_in(kScopes, scope); }
Result<CountScope> count_scope_from(std::string_view name) { return value_in(kScopes, name, "count scope"); }

void write_count_members(JsonWriter& out, const Count& count) {
  out.member("kind", count.kind)
      .member("low", count.low)
      .member("high", count.high)
      .member("scope", name_of(count.scope));
  out.key("as_of");
  if (count.as_of.is_unknown()) {
    out.null();
  } else {
    write_time(out, count.as_of);
  }
  out.member("qualifier", count.qualifier).member("phrase", count.phrase).key("span");
  write_span(out, count.span);
}

void write_counts(JsonWriter& out, std::string_view key, const std::vector<Count>& counts) {
  out.key(key).begin_array();
  for (const Count& count : counts) {
    out.begin_object();
    write_count_members(out, count);
    out.end_object();
  }
  out.end_array();
}

Count read_count(ObjectReader& in, const Json& json) {
  Count out;
  out.kind = in.text("kind");
  out.low = in.optional_integer("low");
  out.high = in.optional_integer("high");
  out.scope = in.optional_parsed("scope", count_scope_from).value_or(CountScope::this_act);
  out.as_of = read_time(in, "as_of");
  out.qualifier = in.optional_text("qualifier").value_or("");
  out.phrase = in.optional_text("phrase").value_or("");
  out.span = read_span(in, json, "span");
  if (out.low && out.high && *out.high < *out.low) in.complain("high", "is below low");
  return out;
}

std::vector<Count> read_counts(ObjectReader& in, std::string_view key) {
  std::vector<Count> out;
  for (const Json& json : in.array(key)) {
    ObjectReader count(json);
    out.push_back(read_count(count, json));
    if (const auto finished = count.finish(); !finished) in.complain(key, finished.error().message);
  }
  return out;
}

}  // namespace gavah
