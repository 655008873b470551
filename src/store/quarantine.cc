#include "store/quarantine.h"

#include "base/format.h"

namespace gavah::store {
namespace {

constexpr std::string_view kRecordEnding = ".age";

/// Collects a payload in memory.
class TextWriter final : public FileWriter {
 public:
  Result<void> append(std::string_view bytes) override {
    text_.append(bytes);
    return {};
  }
  Result<void> sync() override { return {}; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// Bytes of its own, for a reader that outlives the caller's.
class OwnBytes final : public ByteSource {
 public:
  explicit OwnBytes(std::string bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::string> read(ByteRange range) const override { return MemorySource(bytes_).read(range); }

 private:
  std::string bytes_;
};

}  // namespace

Result<age::Sealed> Quarantine::keep_bytes(const std::string& id, const ByteSource& bytes,
                                           const age::Recipient& recipient, Random& random) {
  GAVAH_TRY(disk_->make_directories(directory_));
  GAVAH_ASSIGN(const auto out, disk_->create(join_path(directory_, id + ".payload")));
  GAVAH_ASSIGN(const age::Sealed sealed, age::seal(bytes, std::span(&recipient, 1), random, *out));
  GAVAH_TRY(out->sync());
  return sealed;
}

Result<void> Quarantine::keep_record(const std::string& id, std::string_view json, const age::Recipient& recipient,
                                     Random& random) {
  TextWriter payload;
  GAVAH_ASSIGN(const age::Sealed sealed, age::seal(MemorySource(json), std::span(&recipient, 1), random, payload));
  return disk_->replace(join_path(directory_, id + std::string(kRecordEnding)), sealed.header + payload.text());
}

Result<void> Quarantine::for_each(const age::Identity& identity,
                                  const std::function<Result<void>(std::string_view)>& visit) const {
  if (!disk_->exists(directory_)) return {};
  GAVAH_ASSIGN(const auto entries, disk_->list(directory_));
  for (const auto& entry : entries) {
    if (!entry.name.ends_with(kRecordEnding)) continue;
    GAVAH_ASSIGN(std::string file, disk_->read(join_path(directory_, entry.name)));
    const std::string attempted = format("opening quarantine/{}", entry.name);
    GAVAH_ASSIGN_AS(const std::size_t header_bytes, age::header_size(file), attempted);
    auto payload = std::make_unique<OwnBytes>(file.substr(header_bytes));
    file.resize(header_bytes);
    GAVAH_ASSIGN_AS(const auto plain, age::open(file, std::span(&identity, 1), std::move(payload)), attempted);
    GAVAH_ASSIGN_AS(const std::string line, plain->read({0, plain->size()}), attempted);
    GAVAH_TRY(visit(line));
  }
  return {};
}

Result<std::uint64_t> Quarantine::count() const {
  std::uint64_t out = 0;
  if (!disk_->exists(directory_)) return out;
  GAVAH_ASSIGN(const auto entries, disk_->list(directory_));
  for (const auto& entry : entries) {
    if (entry.name.ends_with(kRecordEnding)) ++out;
  }
  return out;
}

}  // namespace gavah::store
