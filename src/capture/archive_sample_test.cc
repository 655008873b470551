// What reading each good and broken web archive of the shared data must give. The figures of parts were judged file by
// file against the records as they lie there; they say what a desk is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <span>

#include "base/disk.h"
#include "base/format.h"
#include "base/shared_data.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

/// "2 parts, 1 revisit, 3 told: FIRST REASON", or why it cannot be read.
std::string outcome(const std::string& path) {
  RealDisk disk;
  const auto bytes = disk.read(path);
  if (!bytes) return "no such file";
  const Reading read = read_for_test(*bytes, base_name(path));
  if (read.container.unreadable) return "unreadable: " + *read.container.unreadable;
  const auto revisits =
      std::ranges::count_if(read.parts, [](const auto& part) { return part.first.hints.contains("revisit_of"); });
  std::string out = format("{} parts", read.parts.size());
  if (revisits > 0) out += format(", {} revisits", revisits);
  const auto& problems = read.container.problems;
  if (!problems.empty()) out += format(", {} told: {}", problems.size(), problems.front().reason);
  const auto signature = read.container.hints.find("wacz_signature");
  if (signature != read.container.hints.end()) out += "; " + signature->second;
  return out;
}

struct Expected {
  const char* file;
  const char* outcome;
};

void expect_outcomes(const char* folder, std::span<const Expected> all) {
  const auto path = shared_data(folder);
  if (!path) GTEST_SKIP() << "the shared data is not on this machine";
  for (const Expected& expected : all) {
    EXPECT_EQ(outcome(join_path(*path, expected.file)), expected.outcome) << expected.file;
  }
}

TEST(ArchiveSamples, EveryWarcAndArcOfTheSetsGivesWhatItHoldsAndSaysWhatIsWrongWithIt) {
  constexpr Expected kFiles[] = {
      {"fastwarc/block-sized-records.warc", "0 parts"},
      {"fastwarc/block-sized-records.warc.gz", "0 parts"},
      {"fastwarc/block-sized-records.warc.lz4", "unreadable: an lz4 file; this version does not read it"},
      {"fastwarc/clipped.warc.gz", "1 parts, 4 told: it is cut: read up to there"},
      {"fastwarc/clueweb-quirk.warc.gz", "29 parts, 58 told: its payload digest is not that of its payload"},
      {"fastwarc/warcfile.warc", "16 parts"},
      {"fastwarc/warcfile.warc.gz", "16 parts"},
      {"fastwarc/warcfile.warc.lz4", "unreadable: an lz4 file; this version does not read it"},
      {"py-wacz/example-collection-with-lists.warc", "18 parts"},
      {"py-wacz/example-collection.warc", "1 parts"},
      {"py-wacz/example-iana.warc", "56 parts, 34 revisits"},
      {"py-wacz/example-resource.warc.gz", "2 parts, 1 revisits"},
      {"py-wacz/example-warcinfo-metadata.warc",
       "1 parts, 1 told: its body is not gzip as its header says: it is kept as it is"},
      {"warcio/bad.arc", "1 parts, 2 told: 202 bytes are no ARC record"},
      {"warcio/example-bad-non-chunked.warc.gz",
       "2 parts, 1 revisits, 1 told: its block digest is not that of its block"},
      {"warcio/example-bad.warc.gz.bad", "3 parts, 1 revisits"},
      {"warcio/example-digest.warc", "0 parts"},
      {"warcio/example-iana.org-chunked.warc", "1 parts"},
      {"warcio/example-resource.warc.gz", "1 parts"},
      {"warcio/example-space-in-target-uri.warc.gz", "1 parts"},
      {"warcio/example-space-in-url.arc", "1 parts, 1 told: it states 1591 bytes, but only 1579 are left"},
      {"warcio/example-trunc.warc", "1 parts, 1 told: it states 973 bytes, but no record ends there: kept are 975"},
      {"warcio/example-wget-bad-target-uri.warc.gz", "1 parts"},
      {"warcio/example-wrong-chunks.warc.gz",
       "unreadable: byte 0: it states 1613 bytes, but only 343 are left: kept are 343"},
      {"warcio/example.arc", "1 parts"},
      {"warcio/example.arc.gz", "1 parts"},
      {"warcio/example.warc", "2 parts, 1 revisits"},
      {"warcio/example.warc.gz", "2 parts, 1 revisits"},
      {"warcio/post-test.warc.gz", "3 parts"},
  };
  expect_outcomes("extraction/warc-wacz-conformance", kFiles);
}

TEST(ArchiveSamples, EveryWaczGivesWhatItHoldsAndSaysWhatIsWrongWithIt) {
  constexpr Expected kFiles[] = {
      {"authsign-response.json", "unreadable: a signature of a web archive; this version does not read it"},
      {"browsertrix-example-2.wacz",
       "2 parts, 1 revisits; signed by the key with SHA-256 "
       "bd3808682aabfdca487a27267efaf9dead3f69c2d8e2ab0079058d0ba0e2759e: the package is as that key's holder left it; "
       "the file does not prove who that is, nor when (it says 2023-07-04T03:19:59Z)"},
      {"browsertrix-example.wacz",
       "7 parts, 6 revisits; signed by the key with SHA-256 "
       "6eabd7fc334a134a72f23b70b259f258141bda85a483afb1724683452f6fd354: the package is as that key's holder left it; "
       "the file does not prove who that is, nor when (it says 2023-05-29T02:52:52Z)"},
      {"browsertrix-multi-wacz.wacz",
       "4 parts; not signed, and without a digest of its package; "
       "upload-2950eeec-ebe1-4240-acb5-d88e03e75448bundle-sizes-branch-4oi3bkef.wacz: signed by the key with SHA-256 "
       "006bc1e2fa5770c0a7fb7b0295c40033e19d920ef2675a76b66eaee5d9bfc03b: the package is as that key's holder left it; "
       "the file does not prove who that is, nor when (it says 2023-12-11T21:22:02Z); "
       "upload-f68b7675-67d2-48ab-acc9-ddea689176c3bundle-sizes-rflwnjmz.wacz: signed by the key with SHA-256 "
       "006bc1e2fa5770c0a7fb7b0295c40033e19d920ef2675a76b66eaee5d9bfc03b: the package is as that key's holder left it; "
       "the file does not prove who that is, nor when (it says 2023-12-11T21:20:04Z)"},
      {"invalid_example_1.wacz", "unreadable: a WACZ without web archives"},
      {"invalid_signed_example_1.wacz",
       "2 parts; signed for btrix-sign-test.webrecorder.net by the key of a certificate whose chain reaches "
       "'CN=(STAGING) Bogus Broccoli X2,O=(STAGING) Internet Security Research Group,C=US' and there at "
       "2022-01-18T04:54:34Z as "
       "'ST=Bayern,C=DE,L=Wuerzburg,emailAddress=busilezas@gmail.com,CN=www.freetsa.org,description=This certificate "
       "digitally signs documents and time stamp requests made using the freetsa.org online services,OU=TSA,O=Free "
       "TSA' says: whoever trusts both knows that the package is as that domain's holder left it then; neither is "
       "trusted by this reading, and nothing is said of how true the pages are"},
      {"valid.cdxj", "unreadable: an index of a web archive; this version does not read it"},
      {"valid_example_1.wacz", "1 parts; not signed, and without a digest of its package"},
      {"valid_example_2.wacz", "1 parts; not signed: its digests show damage, but anyone could have written them"},
      {"valid_signed_example_1.wacz",
       "2 parts; signed for btrix-sign-test.webrecorder.net by the key of a certificate whose chain reaches 'CN=ISRG "
       "Root X1,O=Internet Security Research Group,C=US' and there at 2022-01-18T19:00:12Z as "
       "'ST=Bayern,C=DE,L=Wuerzburg,emailAddress=busilezas@gmail.com,CN=www.freetsa.org,description=This certificate "
       "digitally signs documents and time stamp requests made using the freetsa.org online services,OU=TSA,O=Free "
       "TSA' says: whoever trusts both knows that the package is as that domain's holder left it then; neither is "
       "trusted by this reading, and nothing is said of how true the pages are"},
  };
  expect_outcomes("samples/wacz", kFiles);
}

}  // namespace
}  // namespace gavah::capture
