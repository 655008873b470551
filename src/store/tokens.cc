#include "store/tokens.h"

#include "base/format.h"

namespace gavah::store {
namespace {

constexpr std::string_view kNote = "checkpoint";
constexpr std::string_view kCertificates = "certificates";
constexpr std::size_t kNameDigits = 16;  ///< of a token's digest in its name: enough to tell a head's tokens apart

std::string_view ending_of(TokenKind kind) { return kind == TokenKind::rfc3161 ? ".tst" : ".ots"; }

std::vector<DirectoryEntry> sorted_or_none(Disk& disk, const std::string& folder) {
  auto entries = disk.list(folder);
  return entries ? *std::move(entries) : std::vector<DirectoryEntry>();
}

}  // namespace

std::string Tokens::folder_of(const Digest& note) const { return join_path(directory_, note.hex()); }
std::string Tokens::path_of(const Digest& note) const { return join_path(folder_of(note), kNote); }

Result<void> Tokens::write(const std::string& path, std::string_view bytes) {
  GAVAH_TRY(disk_->make_directories(std::string(parent_path(path))));
  GAVAH_TRY(disk_->replace(path, bytes));
  return disk_->sync_directory(directory_);
}

Result<Digest> Tokens::keep_note(std::string_view note) {
  const Digest digest = sha256(note);
  if (!disk_->exists(path_of(digest))) GAVAH_TRY_AS(write(path_of(digest), note), "keeping the head to be stamped");
  return digest;
}

Result<std::string> Tokens::note(const Digest& digest) const {
  GAVAH_ASSIGN_AS(std::string bytes, disk_->read(path_of(digest)), "reading the head that was stamped");
  if (sha256(bytes) != digest) return fail(ErrorCode::corrupt, format("{} is not what its name says", path_of(digest)));
  return bytes;
}

Result<std::string> Tokens::add(const Digest& note_digest, TokenKind kind, std::string_view token) {
  GAVAH_TRY(note(note_digest));
  const std::string name = sha256(token).hex().substr(0, kNameDigits).append(ending_of(kind));
  GAVAH_TRY_AS(write(join_path(folder_of(note_digest), name), token), "keeping a proof of time");
  return join_path(note_digest.hex(), name);
}

Result<void> Tokens::add_certificate(const proof::Certificate& certificate) {
  const std::string name = certificate.digest().hex() + ".der";
  return write(join_path(join_path(directory_, kCertificates), name), certificate.der);
}

Result<std::vector<proof::Certificate>> Tokens::certificates() const {
  std::vector<proof::Certificate> out;
  const std::string folder = join_path(directory_, kCertificates);
  for (const DirectoryEntry& entry : sorted_or_none(*disk_, folder)) {
    GAVAH_ASSIGN(const std::string der, disk_->read(join_path(folder, entry.name)));
    GAVAH_ASSIGN_AS(proof::Certificate certificate, proof::Certificate::parse(der), entry.name);
    out.push_back(std::move(certificate));
  }
  return out;
}

Result<std::vector<KeptToken>> Tokens::all() const {
  std::vector<KeptToken> out;
  for (const DirectoryEntry& folder : sorted_or_none(*disk_, directory_)) {
    const auto digest = Digest::from_hex(folder.name);
    if (!digest) continue;
    for (const DirectoryEntry& entry : sorted_or_none(*disk_, folder_of(*digest))) {
      for (const TokenKind kind : {TokenKind::rfc3161, TokenKind::opentimestamps}) {
        if (!entry.name.ends_with(ending_of(kind))) continue;
        GAVAH_ASSIGN(std::string bytes, disk_->read(join_path(folder_of(*digest), entry.name)));
        out.push_back({*digest, kind, entry.name, std::move(bytes)});
      }
    }
  }
  return out;
}

Result<std::map<std::string, std::string>> Tokens::files() const {
  std::map<std::string, std::string> out;
  GAVAH_ASSIGN(const auto kept, all());
  for (const KeptToken& token : kept) {
    GAVAH_ASSIGN(out[format("{}/{}", token.note.hex(), kNote)], note(token.note));
    out[format("{}/{}", token.note.hex(), token.name)] = token.bytes;
  }
  GAVAH_ASSIGN(const auto known, certificates());
  for (const proof::Certificate& each : known) out[format("{}/{}.der", kCertificates, each.digest().hex())] = each.der;
  return out;
}

}  // namespace gavah::store
