// SPDX-License-Identifier: Apache-2.0
#include "core/vault/slots.h"

#include <algorithm>

#include "core/vault/header.h"
#include "core/vault/sql_library.h"
#include "core/vault/store.h"

namespace vigil::vault {
namespace {

// Parameters only rise: a new slot is never cheaper to guess than the ones beside it.
crypto::Argon2Cost raised(const Header& header, crypto::Argon2Cost cost) {
  for (const HeaderSlot& slot : header.slots) {
    if (slot.kind != SlotKind::kPassphrase) continue;
    cost.memory_bytes = std::max(cost.memory_bytes, slot.cost.memory_bytes);
    cost.passes = std::max(cost.passes, slot.cost.passes);
  }
  return cost;
}

Status require_room(const Header& header) {
  if (header.slots.size() < kSlotLimit) return {};
  return fail(ErrorKind::kConflict, "vault.slots",
              "This vault has as many ways to unlock it as it can. Remove one first.");
}

Result<HeaderSlot> seal_key(const crypto::SecretBytes& key,
                            const crypto::age::Recipient& recipient) {
  HeaderSlot slot;
  slot.id = random_hex(4);
  slot.kind = SlotKind::kRecovery;
  crypto::BytesSource plaintext(key.view());
  crypto::BytesSink sealed;
  VIGIL_TRY(crypto::age::encrypt({recipient}, plaintext, sealed));
  slot.wrapped = std::move(sealed.bytes);
  return slot;
}

// Takes what age decrypts straight into locked memory.
class KeySink final : public crypto::Sink {
 public:
  KeySink() : key(32) {}
  Status write(ByteView bytes) override {
    if (bytes.size() > key.size() - filled) {
      return fail(ErrorKind::kInvalid, "vault.header", "vault.header is damaged (recovery slot).");
    }
    std::ranges::copy(bytes, key.writable().begin() + static_cast<std::ptrdiff_t>(filled));
    filled += bytes.size();
    return {};
  }
  crypto::SecretBytes key;
  std::size_t filled = 0;
};

}  // namespace

Result<std::vector<Slot>> slots(Vault& vault) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(const Header header, read_header(store->host.files, store->folder));
  std::vector<Slot> list;
  for (const HeaderSlot& slot : header.slots) list.push_back({slot.id, slot.kind});
  return list;
}

Result<std::string> opened_with(Vault& vault) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  return store->slot;
}

Result<std::string> add_passphrase(Vault& vault, const crypto::SecretBytes& passphrase,
                                   const crypto::Argon2Cost& cost) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(Header header, read_header(store->host.files, store->folder));
  VIGIL_TRY(require_room(header));
  VIGIL_ASSIGN(HeaderSlot slot, wrap_key(header, store->key, passphrase, raised(header, cost)));
  const std::string id = slot.id;
  header.slots.push_back(std::move(slot));
  VIGIL_TRY(write_header(store->host.files, store->folder, header));
  return id;
}

Result<std::string> change_passphrase(Vault& vault, const crypto::SecretBytes& old_passphrase,
                                      const crypto::SecretBytes& new_passphrase,
                                      const crypto::Argon2Cost& cost) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(Header header, read_header(store->host.files, store->folder));
  VIGIL_ASSIGN(const auto unlocked, unlock_header(header, old_passphrase));
  VIGIL_ASSIGN(HeaderSlot slot, wrap_key(header, store->key, new_passphrase, raised(header, cost)));
  const std::string id = slot.id;
  const auto old = std::ranges::find(header.slots, unlocked.slot, &HeaderSlot::id);
  *old = std::move(slot);
  VIGIL_TRY(write_header(store->host.files, store->folder, header));
  if (store->slot == unlocked.slot) store->slot = id;
  return id;
}

Result<std::string> set_recovery(Vault& vault, const crypto::age::Recipient& recipient) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(Header header, read_header(store->host.files, store->folder));
  std::erase_if(header.slots,
                [](const HeaderSlot& slot) { return slot.kind == SlotKind::kRecovery; });
  VIGIL_TRY(require_room(header));
  VIGIL_ASSIGN(HeaderSlot slot, seal_key(store->key, recipient));
  const std::string id = slot.id;
  header.slots.push_back(std::move(slot));
  VIGIL_TRY(write_header(store->host.files, store->folder, header));
  return id;
}

Status remove_slot(Vault& vault, const std::string& id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  VIGIL_ASSIGN(Header header, read_header(store->host.files, store->folder));
  const auto found = std::ranges::find(header.slots, id, &HeaderSlot::id);
  if (found == header.slots.end()) {
    return fail(ErrorKind::kNotFound, "vault.slot", "This vault has no such way to unlock it.");
  }
  const auto passphrases =
      std::ranges::count(header.slots, SlotKind::kPassphrase, &HeaderSlot::kind);
  if (found->kind == SlotKind::kPassphrase && passphrases == 1) {
    return fail(ErrorKind::kConflict, "vault.last-slot",
                "This is the last passphrase of this vault. Add another one first.");
  }
  header.slots.erase(found);
  return write_header(store->host.files, store->folder, header);
}

Result<VaultPointer> open_with_recovery(const Host& host, const std::string& folder,
                                        const crypto::age::Identity& identity) {
  VIGIL_TRY(sql::check_library());
  VIGIL_ASSIGN(const Header header, read_header(host.files, folder));
  const auto slot = std::ranges::find(header.slots, SlotKind::kRecovery, &HeaderSlot::kind);
  KeySink sink;
  bool opened = false;
  if (slot != header.slots.end()) {
    crypto::age::Keys keys;
    keys.identities.push_back(identity.clone());
    crypto::BytesSource sealed(slot->wrapped);
    opened = crypto::age::decrypt(keys, sealed, sink).has_value() && sink.filled == sink.key.size();
  }
  if (!opened) {
    return fail(ErrorKind::kDenied, "vault.recovery",
                "This key does not recover this vault: there is no recovery slot, or it is another "
                "office's.");
  }
  return open_with_key(host, folder, std::move(sink.key), slot->id);
}

Status destroy_slots(const Host& host, const std::string& folder) {
  const std::string header = path_in(folder, kHeaderFile);
  if (!host.files.exists(header)) return {};
  Bytes random(kHeaderLimitBytes);
  crypto::random_fill(random);
  {
    // In place: a new file beside it would leave the old blocks as they are.
    auto file = host.files.append_to(header);
    if (file.has_value()) {
      VIGIL_TRY((*file)->write_at(0, random));
      VIGIL_TRY((*file)->sync());
    }
  }
  return host.files.remove(header);
}

Status destroy_vault(const Host& host, const std::string& folder) {
  VIGIL_TRY(destroy_slots(host, folder));
  for (const char* tail : {"", "-wal", "-shm", "-journal"}) {
    VIGIL_TRY(host.files.remove(path_in(folder, kDatabaseFile) + tail));
    VIGIL_TRY(host.files.remove(path_in(folder, kNewDatabaseFile) + tail));
  }
  VIGIL_TRY(host.files.remove(path_in(folder, kTriesFile)));
  const std::string outbox = path_in(folder, kOutboxFolder);
  VIGIL_ASSIGN(const auto names, host.files.list(outbox));
  for (const std::string& name : names) VIGIL_TRY(host.files.remove(outbox + "/" + name));
  return {};
}

}  // namespace vigil::vault
