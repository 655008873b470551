#include "capture/digests_ahead.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <tuple>

#include "capture/http_message.h"

namespace gavah::capture {
namespace {

bool precedes(const HashJob& a, std::string_view bytes) {
  if (a.bytes.data() != bytes.data()) return std::less<>()(a.bytes.data(), bytes.data());
  return a.bytes.size() < bytes.size();
}

std::optional<LaneHash> algorithm_of(std::string_view label) {
  const std::string_view name = label.substr(0, label.find(':'));
  if (same_name(name, "sha1") || same_name(name, "sha-1")) return LaneHash::sha1;
  if (same_name(name, "sha256") || same_name(name, "sha-256")) return LaneHash::sha256;
  return std::nullopt;
}

}  // namespace

void DigestsAhead::clear() {
  sha1_.clear();
  sha256_.clear();
}

void DigestsAhead::want(LaneHash algorithm, std::string_view bytes) {
  (algorithm == LaneHash::sha1 ? sha1_ : sha256_).push_back({bytes, {}});
}

void DigestsAhead::work() {
  for (const LaneHash algorithm : {LaneHash::sha1, LaneHash::sha256}) {
    std::vector<HashJob>& jobs = algorithm == LaneHash::sha1 ? sha1_ : sha256_;
    std::ranges::sort(jobs, [](const HashJob& a, const HashJob& b) { return precedes(a, b.bytes); });
    const auto twice = std::ranges::unique(jobs, [](const HashJob& a, const HashJob& b) {
      return a.bytes.data() == b.bytes.data() && a.bytes.size() == b.bytes.size();
    });
    jobs.erase(twice.begin(), twice.end());
    hash_many(algorithm, jobs);
  }
}

std::optional<std::string_view> DigestsAhead::find(LaneHash algorithm, std::string_view bytes) const {
  const std::vector<HashJob>& all = jobs(algorithm);
  const auto found = std::lower_bound(all.begin(), all.end(), bytes, precedes);
  if (found == all.end() || found->bytes.data() != bytes.data() || found->bytes.size() != bytes.size()) {
    return std::nullopt;
  }
  return std::string_view(reinterpret_cast<const char*>(found->digest.data()), algorithm == LaneHash::sha1 ? 20 : 32);
}

Digest DigestsAhead::sha256_of(std::string_view bytes) const {
  const auto known = find(LaneHash::sha256, bytes);
  return known ? Digest::from_bytes(*known) : sha256(bytes);
}

std::size_t DigestsAhead::plan_records(std::string_view records, PartDigests documents) {
  if (!hashes_in_lanes()) return 0;
  const std::size_t all = records.size();
  while (records.starts_with("WARC/")) {
    const std::size_t end = header_end(records);
    if (end == std::string_view::npos) break;
    const std::string_view header = records.substr(0, end);
    const std::string_view length = field_of(header, "content-length");
    std::uint64_t size = 0;
    const auto parsed = std::from_chars(length.data(), length.data() + length.size(), size);
    if (parsed.ec != std::errc{} || size > records.size() - end) break;
    plan_record(header, records.substr(end, size), documents);
    records.remove_prefix(end + size);
    records.remove_prefix(std::min(records.find_first_not_of("\r\n"), records.size()));
  }
  return all - records.size();
}

void DigestsAhead::plan_record(std::string_view header, std::string_view block, PartDigests documents) {
  if (const auto algorithm = algorithm_of(field_of(header, "warc-block-digest"))) want(*algorithm, block);
  const std::string_view type = field_of(header, "warc-type");
  const bool is_document =
      documents == PartDigests::computed && (same_name(type, "response") || same_name(type, "resource"));
  const auto payload_algorithm = algorithm_of(field_of(header, "warc-payload-digest"));
  if (!block.starts_with("HTTP/")) {
    if (is_document) want(LaneHash::sha256, block);
    if (payload_algorithm) want(*payload_algorithm, block);
    return;
  }
  const std::size_t body_begin = header_end(block);
  if (body_begin == std::string_view::npos) return;
  const std::string_view http = block.substr(0, body_begin);
  const std::string_view body = block.substr(body_begin);
  if (payload_algorithm && !same_name(type, "request")) want(*payload_algorithm, body);
  const bool is_coded = !field_of(http, "content-encoding").empty() || !field_of(http, "transfer-encoding").empty();
  if (is_document && !is_coded) want(LaneHash::sha256, body);
}

}  // namespace gavah::capture
