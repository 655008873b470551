#pragma once

// What the tests of this room share: the coder over the embedded data, a small invented country, claims as one line.
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "code/code.h"
#include "place/place.h"

namespace gavah::code::testing {

inline std::string file_text(const std::string& path) {
  const std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline CoderData embedded_coder_data() {
  CoderData data;
  for (const auto name : CoderData::names())
    data.files.push_back({name, embedded_data(name).value_or(std::string_view())});
  return data;
}

inline const Coder& case_coder() {
  static const Coder kCoder = [] {
    const std::string tsv = file_text(std::string(GAVAH_SOURCE_DIR) + "/data/gazetteer/examples.tsv");
    auto gazetteer = std::make_shared<const place::Gazetteer>(place::Gazetteer::load(tsv).value());
    return Coder::load(embedded_coder_data(), gazetteer, {.home_country = "ZZ"}).value();
  }();
  return kCoder;
}

/// A report whose text maps byte for byte to the bytes of its part.
inline Report report_of(std::string text, std::string_view published = {}, ReportKind kind = ReportKind::article) {
  Report report;
  report.id = ReportId::from_bytes("a report of test");
  report.kind = kind;
  report.text = std::move(text);
  report.lang = "und";
  const auto size = static_cast<std::uint32_t>(report.text.size());
  report.map.push_back({{0, size}, {0, size}});
  if (!published.empty())
    report.published = TimeInterval::of_day(Day::parse(published).value(), TimePrecision::day_stated);
  return report;
}

inline std::string bound(const std::optional<std::int64_t>& value) { return value ? std::to_string(*value) : "?"; }

inline std::string count_line(const Count& count) {
  std::string out = count.kind + " " + bound(count.low);
  if (count.low != count.high || !count.low) out += "-" + bound(count.high);
  if (count.scope != CountScope::this_act) out += " (" + std::string(name_of(count.scope)) + ")";
  return out;
}

inline std::string time_line(const TimeInterval& time) {
  if (time.is_unknown() && !time.start && !time.end) return "no date";
  const auto day = [](const std::optional<Instant>& instant) {
    return instant ? instant->day().text() : std::string("?");
  };
  std::string last = "?";
  if (time.end) last = Instant{time.end->seconds - 1}.day().text();
  const std::string first = day(time.start);
  return first == last ? first : first + ".." + last;
}

/// "arrest; denied; 2024-04-12; Velmar; arrested 12; said by Interior Ministry; umbrella". Usual values are left out.
inline std::string line_of(const Claim& claim) {
  std::string out = claim.act;
  if (claim.stage != Stage::occurred) out += "; " + std::string(name_of(claim.stage));
  if (claim.polarity != Polarity::asserted) out += "; " + std::string(name_of(claim.polarity));
  out += "; " + time_line(claim.time);
  std::string places;
  for (const Place& place : claim.places) places += (places.empty() ? "" : " + ") + place.name;
  out += "; " + (places.empty() ? "no place" : places);
  for (const Count& count : claim.counts) out += "; " + count_line(count);
  if (claim.speaker) out += "; said by " + claim.speaker->name;
  if (claim.umbrella) out += "; umbrella";
  return out;
}

}  // namespace gavah::code::testing
