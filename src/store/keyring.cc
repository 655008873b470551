#include "store/keyring.h"

#include <algorithm>

#include "base/check.h"
#include "base/format.h"

namespace gavah::store {
namespace {

constexpr std::string_view kSchema =
    "CREATE TABLE IF NOT EXISTS secret(id BLOB PRIMARY KEY, key BLOB NOT NULL, age_header TEXT) WITHOUT ROWID";

std::unexpected<Error> damaged() { return fail(ErrorCode::corrupt, "a row of the keyring is damaged"); }

constexpr std::size_t kSlotBytes = 1 + 32;  ///< which slot of a capture's table, its key

/// The column `key`: 32 bytes of an entry's key; or, longer, an object's name and the keys of slots.
std::string key_bytes(const EntrySecret& secret) {
  if (!secret.reduced) return std::string(secret.key.view());
  std::string out(secret.reduced->object.view());
  for (const auto& [path, key] : secret.reduced->slots) {
    const auto slot = proof::slot_at(proof::LeafType::capture, path);
    GAVAH_CHECK(slot.has_value());
    out.push_back(static_cast<char>(*slot));
    out.append(key.view());
  }
  return out;
}

Result<ReducedKey> reduced_from(std::string_view bytes) {
  const auto specs = proof::slots_of(proof::LeafType::capture);
  ReducedKey out;
  out.object = Digest::from_bytes(bytes.substr(0, 32));
  for (std::size_t at = 32; at < bytes.size(); at += kSlotBytes) {
    const auto slot = static_cast<unsigned char>(bytes[at]);
    if (bytes.size() - at < kSlotBytes || slot >= specs.size()) return damaged();
    out.slots.emplace(specs[slot].path, Digest::from_bytes(bytes.substr(at + 1, 32)));
  }
  return out;
}

Result<EntrySecret> read_row(const Statement& row) {
  EntrySecret out;
  if (row.text(0).size() != 16 || row.text(1).size() < out.key.bytes.size()) return damaged();
  out.id = proof::EntryId::from_bytes(row.text(0));
  if (row.text(1).size() == out.key.bytes.size()) {
    std::copy(row.text(1).begin(), row.text(1).end(), out.key.bytes.begin());
  } else {
    GAVAH_ASSIGN(out.reduced, reduced_from(row.text(1)));
  }
  out.age_header = row.text(2);
  return out;
}

}  // namespace

Result<Keyring> Keyring::open(const DatabaseFile& file, Access access) {
  GAVAH_ASSIGN(Database database, Database::open(file, Durability::full, access));
  if (access == Access::read_write) GAVAH_TRY_AS(database.run(kSchema), format("opening {}", file.path));
  return Keyring(std::move(database));
}

Result<void> Keyring::add(std::span<const EntrySecret> secrets) {
  GAVAH_ASSIGN(Transaction transaction, Transaction::begin(database_));
  GAVAH_ASSIGN(Statement insert, database_.prepare("INSERT INTO secret VALUES(?,?,?)"));
  // In order of id: neighbours in the tree are written together.
  std::vector<const EntrySecret*> ordered;
  for (const EntrySecret& secret : secrets) ordered.push_back(&secret);
  std::sort(ordered.begin(), ordered.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
  for (const EntrySecret* secret : ordered) {
    const std::string key = key_bytes(*secret);
    insert.bind_blob(secret->id.view()).bind_blob(key);
    secret->age_header.empty() ? insert.bind_null() : insert.bind(secret->age_header);
    GAVAH_TRY_AS(insert.run(), format("keeping the key of {}", secret->id.hex()));
  }
  return transaction.commit();
}

Result<EntrySecret> Keyring::find(const proof::EntryId& id) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT id, key, age_header FROM secret WHERE id=?"));
  find.bind_blob(id.view());
  GAVAH_ASSIGN(const bool has_row, find.step());
  if (!has_row) return fail(ErrorCode::not_found, format("the keyring has no key for {}", id.hex()));
  return read_row(find);
}

Result<void> Keyring::for_each(const std::function<Result<void>(const EntrySecret&)>& visit) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT id, key, age_header FROM secret ORDER BY id"));
  while (true) {
    GAVAH_ASSIGN(const bool has_row, find.step());
    if (!has_row) return {};
    GAVAH_ASSIGN(const EntrySecret secret, read_row(find));
    GAVAH_TRY(visit(secret));
  }
}

Result<void> Keyring::replace(const EntrySecret& secret) {
  {
    GAVAH_ASSIGN(Transaction transaction, Transaction::begin(database_));
    GAVAH_ASSIGN(Statement update, database_.prepare("UPDATE secret SET key=?, age_header=? WHERE id=?"));
    const std::string key = key_bytes(secret);
    update.bind_blob(key);
    secret.age_header.empty() ? update.bind_null() : update.bind(secret.age_header);
    update.bind_blob(secret.id.view());
    GAVAH_TRY_AS(update.run(), format("replacing the key of {}", secret.id.hex()));
    GAVAH_TRY(transaction.commit());
  }
  return database_.checkpoint();
}

Result<void> Keyring::shred(std::span<const proof::EntryId> ids) {
  {
    GAVAH_ASSIGN(Transaction transaction, Transaction::begin(database_));
    GAVAH_ASSIGN(Statement remove, database_.prepare("DELETE FROM secret WHERE id=?"));
    for (const proof::EntryId& id : ids) {
      remove.bind_blob(id.view());
      GAVAH_TRY(remove.run());
    }
    GAVAH_TRY(transaction.commit());
  }
  return database_.checkpoint();
}

}  // namespace gavah::store
