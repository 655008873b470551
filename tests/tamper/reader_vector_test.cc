#include <gtest/gtest.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/json.h"
#include "edits.h"
#include "small_case.h"
#include "vectors.h"

// spec/vectors/reader.jsonl: what a reader may bring to spec/vectors/witnessed, and what must come of it.
namespace gavah::tests {
namespace {

using Files = std::map<std::string, std::string>;

/// Lists all files anew and signs with the vectors' release key, as an operator would.
void sign_again(Files& files) {
  const auto signer = proof::Signer::parse(committed("release.skey"));
  auto manifest = proof::Manifest::parse(proof::parse_note(files["edition.json"])->text).value();
  std::string listed;
  manifest.files.clear();
  for (const auto& [path, bytes] : files) {
    if (path.contains('/')) listed += proof::to_json(proof::FileStamp{path, bytes.size(), sha256(bytes)}) + "\n";
  }
  files["files.jsonl"] = listed;
  for (const auto& [path, bytes] : files) {
    const bool is_listed = !path.contains('/') && path != "edition.json" && path != "cosigned";
    if (is_listed) manifest.files.push_back({path, bytes.size(), sha256(bytes)});
  }
  files["edition.json"] = proof::sign_note(manifest.text(), signer.value()).value();
}

struct Judged {
  std::string outcome;  ///< "error" where pin or memory are refused
  std::vector<std::string> checks;
};

Judged judge(const Json& vector, const Files& files, const std::string& pin_text) {
  verify::VerifyOptions options;
  const std::string other(vector.text_of("pin"));
  auto pin = verify::Pin::parse(other.empty() ? pin_text : other);
  const auto heads = verify::RememberedHeads::parse(vector.text_of("remembered"));
  if (!pin || !heads) return {"error", {}};
  options.pin = *std::move(pin);
  options.threads = 1;
  options.remembered = heads->notes_of(options.pin.origin);
  if (const Json* now = vector.find("now")) options.now = Instant{now->integer().value()};
  if (const Json* age = vector.find("max_age_days")) {
    options.max_age_days = static_cast<std::uint32_t>(age->integer().value());
  }
  if (vector.find("cosigned") != nullptr) options.cosigned = from_base64(vector.text_of("cosigned")).value();
  MemoryDisk disk;
  disk.make_directories("edition").value();
  for (const auto& [path, bytes] : files) disk.files()[join_path("edition", path)] = bytes;
  const auto verdict = verify::verify_edition(disk, "edition", options).value();
  Judged out{std::string(name_of(verdict.outcome)), {}};
  for (const verify::Failure& failure : verdict.failures) out.checks.emplace_back(name_of(failure.check));
  return out;
}

TEST(ReaderVectors, EachComesToWhatItSays) {
  RealDisk disk;
  Files good;
  read_tree(disk, join_path(kVectors, "witnessed"), "", good);
  const std::string pin = committed("witnessed.pin");
  const std::string lines = committed("reader.jsonl");
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < lines.size(); ++count) {
    const std::size_t end = lines.find('\n', begin);
    const Json vector = Json::parse(std::string_view(lines).substr(begin, end - begin)).value();
    begin = end + 1;
    Files files = good;
    ASSERT_TRUE(apply_edits(vector, files).has_value()) << vector.text_of("name");
    if (vector.find("signed")->boolean().value()) sign_again(files);
    const Judged judged = judge(vector, files, pin);
    EXPECT_EQ(judged.outcome, vector.text_of("outcome")) << vector.text_of("name");
    const std::string fails(vector.text_of("fails"));
    if (fails.empty()) continue;
    EXPECT_NE(std::ranges::find(judged.checks, fails), judged.checks.end()) << vector.text_of("name");
  }
  EXPECT_GE(count, 120U);
}

}  // namespace
}  // namespace gavah::tests
