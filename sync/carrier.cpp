// SPDX-License-Identifier: Apache-2.0
#include "sync/carrier.h"

#include <algorithm>
#include <utility>

#include "core/bundle/check.h"
#include "sync/sealed_file.h"

namespace vigil::sync {
namespace {

constexpr std::string_view kBundleEnding = ".vigil";
constexpr std::string_view kReceiptEnding = ".receipt";
constexpr std::uint64_t kReceiptLimitBytes = 64 * 1024;
constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

std::string path_of(const std::string& folder, const bundle::BundleId& id,
                    std::string_view ending) {
  return folder + "/" + to_string(id) + std::string(ending);
}

std::unexpected<Error> changed() {
  return fail(ErrorKind::kStorage, "sync.stick",
              "What was read back from the stick is not what was written: use another stick.");
}

Status copy(ReadableFile& from, Files& files, const std::string& to) {
  VIGIL_TRY(files.remove(to));
  VIGIL_ASSIGN(const auto out, files.create(to));
  Bytes block(kBlockBytes);
  for (std::uint64_t at = 0;;) {
    VIGIL_ASSIGN(const std::size_t got, from.read_at(at, block));
    if (got == 0) break;
    VIGIL_TRY(out->append(ByteView(block).first(got)));
    at += got;
  }
  return out->sync();
}

Status compare(ReadableFile& a, ReadableFile& b) {
  if (a.size_bytes() != b.size_bytes()) return changed();
  Bytes block_a(kBlockBytes);
  Bytes block_b(kBlockBytes);
  for (std::uint64_t at = 0; at < a.size_bytes();) {
    VIGIL_ASSIGN(const std::size_t got_a, a.read_at(at, block_a));
    VIGIL_ASSIGN(const std::size_t got_b, b.read_at(at, block_b));
    if (got_a == 0 || got_a != got_b ||
        !std::equal(block_a.begin(), block_a.begin() + static_cast<std::ptrdiff_t>(got_a),
                    block_b.begin())) {
      return changed();
    }
    at += got_a;
  }
  return {};
}

// A file of this name may be another's, or half of what it was when the stick was pulled out.
bool lies_there(ReadableFile& from, Files& files, const std::string& path) {
  if (!files.exists(path)) return false;
  const auto there = files.open(path);
  return there && compare(from, **there);
}

Result<Delivery> verify_carried(Outbox& outbox, const bundle::BundleId& id, const Bytes& receipt,
                                const trust::Roster& roster) {
  VIGIL_ASSIGN(const auto file, outbox.open(id));
  VIGIL_ASSIGN(const SealedFile sealed, read_sealed(*file));
  const Bytes entry = bundle::log_entry(sealed.manifest_json, sealed.signature_file);
  VIGIL_ASSIGN(const log::VerifiedReceipt verified,
               log::verify_receipt(as_text(receipt), entry, roster.log, roster.witnesses,
                                   static_cast<std::size_t>(roster.policy.witness_quorum)));
  Delivery delivery;
  delivery.id = id;
  delivery.receipt = as_text(receipt);
  delivery.index = verified.index;
  return delivery;
}

// "x.vigil", "x.vigil.part", "X.VIGIL": somebody took it for a bundle.
bool is_called_bundle(const std::string& name) {
  std::string lower = name;
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower.find(kBundleEnding) != std::string::npos;
}

}  // namespace

std::unexpected<Error> stick_gone() {
  return fail(ErrorKind::kNotFound, "sync.stick_gone",
              "The stick is no longer there. Put it in again and look for it once more.");
}

Result<std::vector<Outbox::Item>> FolderOutbox::waiting() {
  VIGIL_ASSIGN(const std::vector<std::string> names, files_.list(folder_));
  names_.clear();
  passed_over_.clear();
  std::map<bundle::BundleId, std::uint64_t> sizes;
  for (const std::string& name : names) {
    const auto file = files_.open(folder_ + "/" + name);
    const auto sealed =
        file ? check_sealed(**file) : Result<SealedFile>(std::unexpected(file.error()));
    if (sealed) {
      // Of two copies either will do.
      names_.emplace(sealed->id, name);
      sizes.emplace(sealed->id, sealed->size_bytes);
    } else if (is_called_bundle(name) || (file && read_sealed(**file))) {
      passed_over_.push_back(name);
    }
  }
  std::vector<Item> items;
  for (const auto& [id, size_bytes] : sizes) {
    if (!files_.exists(path_of(folder_, id, kReceiptEnding))) items.push_back({id, size_bytes});
  }
  received_ = sizes.size() - items.size();
  return items;
}

Result<std::unique_ptr<ReadableFile>> FolderOutbox::open(const bundle::BundleId& id) {
  const auto name = names_.find(id);
  return files_.open(name == names_.end() ? path_of(folder_, id, kBundleEnding)
                                          : folder_ + "/" + name->second);
}

Status FolderOutbox::acknowledged(const Delivery& delivery) {
  if (!delivery.alarm.empty()) return {};
  return files_.write_atomically(path_of(folder_, delivery.id, kReceiptEnding),
                                 as_bytes(delivery.receipt), false);
}

namespace {

// Under its name only when all of it can be read back.
Status put_there(ReadableFile& from, Files& files, const std::string& path) {
  VIGIL_TRY(copy(from, files, path + ".part"));
  VIGIL_ASSIGN(const auto written, files.open(path + ".part"));
  VIGIL_TRY(compare(from, *written));
  return files.rename(path + ".part", path);
}

Status carry_one(Outbox& outbox, const Outbox::Item& item, Files& files,
                 const std::string& folder) {
  VIGIL_ASSIGN(const OpenedBundle bundle, open_sealed(outbox, item));
  const std::string path = path_of(folder, item.id, kBundleEnding);
  if (lies_there(*bundle.file, files, path)) return {};
  const Status put = put_there(*bundle.file, files, path);
  // A stick that is full needs the room, and half a bundle is of use to nobody.
  if (!put) (void)files.remove(path + ".part");
  return put;
}

}  // namespace

Result<CarriedOut> carry_out(Outbox& outbox, Files& files, const std::string& folder) {
  if (!files.exists(folder)) return stick_gone();
  VIGIL_ASSIGN(const std::vector<Outbox::Item> items, outbox.waiting());
  CarriedOut carried;
  for (const Outbox::Item& item : items) {
    const Status put = carry_one(outbox, item, files, folder);
    if (put) {
      carried.copied.push_back(item.id);
    } else if (put.error().kind == ErrorKind::kUnavailable) {
      return std::unexpected(put.error());
    } else {
      carried.left.push_back({item.id, put.error()});
    }
  }
  return carried;
}

Result<CarriedReceipts> carry_receipts_in(Outbox& outbox, Files& files, const std::string& folder,
                                          const trust::Roster& roster) {
  VIGIL_ASSIGN(const std::vector<Outbox::Item> items, outbox.waiting());
  CarriedReceipts carried;
  for (const Outbox::Item& item : items) {
    const std::string path = path_of(folder, item.id, kReceiptEnding);
    if (!files.exists(path)) continue;
    const auto receipt = files.read(path, kReceiptLimitBytes);
    const auto delivery = receipt ? verify_carried(outbox, item.id, *receipt, roster)
                                  : Result<Delivery>(std::unexpected(receipt.error()));
    if (!delivery) {
      carried.bad.push_back(item.id);
      continue;
    }
    VIGIL_TRY(outbox.acknowledged(*delivery));
    carried.acknowledged.push_back(item.id);
  }
  return carried;
}

}  // namespace vigil::sync
