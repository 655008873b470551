#include "proof/manifest.h"

#include <algorithm>
#include <functional>

#include "base/format.h"
#include "base/json.h"
#include "proof/line_scanner.h"

namespace gavah::proof {
namespace {

void write_file(JsonWriter& out, const FileStamp& file) {
  out.begin_object().member("path", file.path).member("size", file.size_bytes);
  out.member("sha256", file.sha256.hex()).end_object();
}

bool is_plain_path(std::string_view path) {
  if (path.empty() || path.find('\\') != std::string_view::npos) return false;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

std::uint64_t read_size(ObjectReader& in, std::string_view key) {
  constexpr std::int64_t kMost = (std::int64_t{1} << 53) - 1;  // what every reader of JSON keeps exactly
  const std::int64_t value = in.integer(key);
  if (value < 0 || value > kMost) in.complain(key, "is negative or above 2^53 - 1");
  return value < 0 ? 0 : static_cast<std::uint64_t>(value);
}

FileStamp read_file_stamp(const Json& json, ObjectReader& outer) {
  ObjectReader in(json);
  FileStamp out;
  out.path = in.text("path");
  out.size_bytes = read_size(in, "size");
  out.sha256 = in.parsed("sha256", Digest::from_hex);
  if (!is_plain_path(out.path)) in.complain("path", "is no plain relative path");
  if (const auto finished = in.finish(); !finished) outer.complain("files", finished.error().message);
  return out;
}

void write_accounting(JsonWriter& out, std::string_view key, const Accounting& counts) {
  out.key(key).begin_object().member("created", counts.created).member("split_off", counts.split_off);
  out.member("disclosed", counts.disclosed).member("withheld", counts.withheld).member("merged", counts.merged);
  out.member("split", counts.split).member("withdrawn", counts.withdrawn).end_object();
}

Accounting read_accounting(const Json* json, ObjectReader& outer, std::string_view key) {
  Accounting out;
  if (json == nullptr || !json->is_object()) {
    outer.complain(key, "is missing");
    return out;
  }
  ObjectReader in(*json);
  out.created = read_size(in, "created");
  out.split_off = read_size(in, "split_off");
  out.disclosed = read_size(in, "disclosed");
  out.withheld = read_size(in, "withheld");
  out.merged = read_size(in, "merged");
  out.split = read_size(in, "split");
  out.withdrawn = read_size(in, "withdrawn");
  if (const auto finished = in.finish(); !finished) outer.complain(key, finished.error().message);
  return out;
}

void write_previous(JsonWriter& out, const PreviousStamp& previous) {
  out.begin_object().member("manifest", previous.manifest.hex()).member("number", previous.number);
  out.member("size", previous.size).member("policy", previous.policy.hex()).key("totals").begin_array();
  for (const TotalStamp& total : previous.totals) {
    out.begin_object().member("rule", total.rule).member("low", total.bounds.low);
    out.member("high", total.bounds.high).end_object();
  }
  out.end_array().end_object();
}

PreviousStamp read_previous(const Json& json, ObjectReader& outer) {
  ObjectReader in(json);
  PreviousStamp out;
  out.manifest = in.parsed("manifest", Digest::from_hex);
  out.number = read_size(in, "number");
  out.size = read_size(in, "size");
  out.policy = in.parsed("policy", Digest::from_hex);
  for (const Json& item : in.array("totals")) {
    ObjectReader total(item);
    TotalStamp stamp;
    stamp.rule = total.text("rule");
    stamp.bounds.low = total.integer("low");
    stamp.bounds.high = total.optional_integer("high");
    if (const auto finished = total.finish(); !finished) in.complain("totals", finished.error().message);
    out.totals.push_back(std::move(stamp));
  }
  if (const auto finished = in.finish(); !finished) outer.complain("previous", finished.error().message);
  return out;
}

void read_rules(ObjectReader& in, Manifest& out) {
  for (const Json& json : in.array("rules")) {
    ObjectReader rule(json);
    RuleStamp stamp;
    stamp.name = rule.text("name");
    stamp.leaf = read_size(rule, "leaf");
    stamp.sha256 = rule.parsed("sha256", Digest::from_hex);
    if (const auto finished = rule.finish(); !finished) in.complain("rules", finished.error().message);
    out.rules.push_back(std::move(stamp));
  }
}

void read_checkpoint(ObjectReader& in, Manifest& out) {
  const Json* json = in.object("checkpoint");
  if (json == nullptr) return in.complain("checkpoint", "is missing");
  ObjectReader head(*json);
  out.size = read_size(head, "size");
  out.root = head.parsed("root", Digest::from_hex);
  if (const auto finished = head.finish(); !finished) in.complain("checkpoint", finished.error().message);
}

/// One order for every list, so that equal editions have equal bytes.
template <class T>
bool ascends(const std::vector<T>& items, std::string T::* member) {
  return std::ranges::adjacent_find(items, std::ranges::greater_equal(), member) == items.end();
}

}  // namespace

std::string to_json(const FileStamp& file) {
  JsonWriter out;
  write_file(out, file);
  return out.take();
}

Result<FileStamp> file_stamp_from(std::string_view line) {
  LineScanner in(line);
  FileStamp out;
  in.expect("{\"path\":");
  out.path = in.text();
  in.expect(",\"size\":");
  out.size_bytes = in.integer();
  in.expect(",\"sha256\":");
  out.sha256 = in.digest();
  in.expect("}");
  if (!in.at_end()) return fail(ErrorCode::invalid_input, "a line of files.jsonl is not in canonical form");
  if (!is_plain_path(out.path)) return fail(ErrorCode::invalid_input, "a line of files.jsonl names no plain path");
  return out;
}

std::string Manifest::text() const {
  JsonWriter out;
  out.begin_object().member("type", "edition").member("format", kFormat).member("number", number);
  out.member("day", day.text()).member("origin", origin).key("checkpoint").begin_object();
  out.member("size", size).member("root", root.hex()).end_object().member("policy", policy.hex());
  out.key("rules").begin_array();
  for (const RuleStamp& rule : rules) {
    out.begin_object().member("name", rule.name).member("leaf", rule.leaf);
    out.member("sha256", rule.sha256.hex()).end_object();
  }
  out.end_array().key("previous");
  if (previous) {
    write_previous(out, *previous);
  } else {
    out.null();
  }
  out.key("accounting").begin_object();
  write_accounting(out, "events", events);
  write_accounting(out, "victims", victims);
  out.end_object().key("files").begin_array();
  for (const FileStamp& file : files) write_file(out, file);
  out.end_array().end_object();
  return out.take() + "\n";
}

Result<Manifest> Manifest::parse(std::string_view text) {
  GAVAH_ASSIGN_AS(const Json json, Json::parse(text, Json::DuplicateKeys::reject), "reading edition.json");
  ObjectReader in(json);
  Manifest out;
  out.number = read_size(in, "number");
  out.day = in.parsed("day", Day::parse);
  out.origin = in.text("origin");
  read_checkpoint(in, out);
  out.policy = in.parsed("policy", Digest::from_hex);
  read_rules(in, out);
  if (const Json* previous = in.object("previous")) out.previous = read_previous(*previous, in);
  out.events = read_accounting(json.find_path({"accounting", "events"}), in, "events");
  out.victims = read_accounting(json.find_path({"accounting", "victims"}), in, "victims");
  for (const Json& file : in.array("files")) out.files.push_back(read_file_stamp(file, in));
  GAVAH_TRY_AS(in.finish(), "reading edition.json");
  if (out.text() != text) return fail(ErrorCode::invalid_input, "edition.json is not in canonical form");
  if (!ascends(out.rules, &RuleStamp::name) || !ascends(out.files, &FileStamp::path)) {
    return fail(ErrorCode::invalid_input, "the rules or files of edition.json are not ascending");
  }
  return out;
}

}  // namespace gavah::proof
