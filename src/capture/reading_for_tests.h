#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/byte_source.h"
#include "capture/capture.h"

namespace gavah::capture {

/// What read() handed over, kept for a test to look at.
struct Reading {
  Container container;
  std::vector<std::pair<Part, std::string>> parts;

  std::string reason() const { return container.unreadable.value_or(""); }
  std::string problems() const;  ///< "what [where] reason", one a line
};

/// Reads, and fails the test unless every part's chain leads to the bytes that were handed over.
Reading read_for_test(const ByteSource& bytes, std::string_view name, const ReadOptions& options = {});
Reading read_for_test(std::string_view bytes, std::string_view name, const ReadOptions& options = {});

/// The gzip member around bytes.
std::string gzipped(std::string_view bytes);
/// The raw deflate stream around bytes.
std::string deflated(std::string_view bytes);

/// One entry of a ZIP archive to be made: stored, or deflated.
struct ZipMember {
  std::string name;
  std::string bytes;
  bool is_deflated = false;
};
std::string zipped(const std::vector<ZipMember>& members);
/// Names and bytes of the members of an archive that is sound.
std::vector<std::pair<std::string, std::string>> unzipped(std::string_view archive);

/// A WARC record with a right length.
std::string warc_record(std::string_view type, std::string_view url, std::string_view content_type,
                        std::string_view block, std::string_view more_fields = {});
/// A WARC response record around an HTTP response.
std::string warc_response(std::string_view url, std::string_view http_fields, std::string_view body);

}  // namespace gavah::capture
