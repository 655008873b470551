#include "capture/reading_for_tests.h"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include "base/format.h"
#include "capture/content_coding.h"
#include "capture/zip_directory.h"

namespace gavah::capture {
namespace {

using Compress = std::size_t (*)(libdeflate_compressor*, const void*, std::size_t, void*, std::size_t);

std::string compressed(std::string_view bytes, Compress compress) {
  libdeflate_compressor* compressor = libdeflate_alloc_compressor(6);
  std::string out(bytes.size() + bytes.size() / 8 + 1024, '\0');
  out.resize(compress(compressor, bytes.data(), bytes.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

void append_le(std::string& out, std::uint64_t value, int size_bytes) {
  for (int i = 0; i < size_bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFFU));
}

}  // namespace

std::string Reading::problems() const {
  std::string out;
  for (const Problem& problem : container.problems) {
    out += format("{} [{}] {}\n", problem.what, problem.where, problem.reason);
  }
  return out;
}

Reading read_for_test(const ByteSource& bytes, std::string_view name, const ReadOptions& options) {
  Reading out;
  auto container = read(bytes, name, options, [&](Part part, std::string_view part_bytes) -> Result<void> {
    EXPECT_EQ(part.number, out.parts.size());
    out.parts.emplace_back(std::move(part), part_bytes);
    return {};
  });
  if (!container) {
    ADD_FAILURE() << container.error().sentence();
    return out;
  }
  out.container = *std::move(container);
  EXPECT_EQ(out.container.part_count, out.parts.size());
  PartReader reader(bytes, options.limits);
  for (const auto& [part, expected] : out.parts) {
    const auto again = reader.bytes(part);
    EXPECT_TRUE(again.has_value()) << name << ": " << again.error().sentence();
    EXPECT_TRUE(again && *again == expected) << name << ": part " << part.number << " leads elsewhere";
    const auto alone = part_bytes(bytes, part, options.limits);
    EXPECT_TRUE(alone && *alone == expected) << name << ": part " << part.number << " leads elsewhere alone";
  }
  return out;
}

Reading read_for_test(std::string_view bytes, std::string_view name, const ReadOptions& options) {
  return read_for_test(MemorySource(bytes), name, options);
}

std::string gzipped(std::string_view bytes) { return compressed(bytes, libdeflate_gzip_compress); }
std::string deflated(std::string_view bytes) { return compressed(bytes, libdeflate_deflate_compress); }

std::string zipped(const std::vector<ZipMember>& members) {
  std::string out;
  std::string directory;
  for (const ZipMember& member : members) {
    const std::string data = member.is_deflated ? deflated(member.bytes) : member.bytes;
    std::string common;  // the fields that both headers share
    append_le(common, member.is_deflated ? 8 : 0, 2);
    append_le(common, 0, 4);
    append_le(common, libdeflate_crc32(0, member.bytes.data(), member.bytes.size()), 4);
    append_le(common, data.size(), 4);
    append_le(common, member.bytes.size(), 4);
    append_le(common, member.name.size(), 2);
    append_le(common, 0, 2);
    directory += std::string("PK\x01\x02", 4) + std::string("\x14\0\x14\0\0\0", 6) + common;
    directory.append(10, '\0');
    append_le(directory, out.size(), 4);
    directory += member.name;
    out += std::string("PK\x03\x04", 4) + std::string("\x14\0\0\0", 4) + common + member.name + data;
  }
  const std::size_t begin = out.size();
  out += directory + std::string("PK\x05\x06\0\0\0\0", 8);
  append_le(out, members.size(), 2);
  append_le(out, members.size(), 2);
  append_le(out, directory.size(), 4);
  append_le(out, begin, 4);
  append_le(out, 0, 2);
  return out;
}

std::vector<std::pair<std::string, std::string>> unzipped(std::string_view archive) {
  const MemorySource source(archive);
  std::vector<std::pair<std::string, std::string>> out;
  const std::vector<ZipEntry> entries = read_zip_directory(source, 1000).value();
  for (const ZipEntry& entry : entries) {
    const std::string data = source.read(zip_entry_data(source, entry).value()).value();
    out.emplace_back(entry.name, entry.method == 0 ? data : decode("zip", data, 1U << 30U).value().bytes);
  }
  return out;
}

std::string warc_record(std::string_view type, std::string_view url, std::string_view content_type,
                        std::string_view block, std::string_view more_fields) {
  return format(
      "WARC/1.0\r\nWARC-Type: {}\r\nWARC-Target-URI: {}\r\nWARC-Date: 2031-05-06T07:08:09Z\r\nContent-Type: {}\r\n"
      "{}Content-Length: {}\r\n\r\n{}\r\n\r\n",
      type, url, content_type, more_fields, block.size(), block);
}

std::string warc_response(std::string_view url, std::string_view http_fields, std::string_view body) {
  return warc_record("response", url, "application/http; msgtype=response",
                     format("HTTP/1.1 200 OK\r\n{}\r\n{}", http_fields, body));
}

}  // namespace gavah::capture
