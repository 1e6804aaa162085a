// SPDX-License-Identifier: Apache-2.0
#include "sync/sealed_file.h"

#include <utility>

#include "core/bundle/check.h"

namespace vigil::sync {
namespace {

std::unexpected<Error> damaged() {
  return fail(ErrorKind::kInvalid, "sync.damaged",
              "The file of this bundle is damaged: it is not what was sealed, so it was left where "
              "it is. Look for another copy and tell the office.");
}

}  // namespace

Result<SealedFile> check_sealed(ReadableFile& file) {
  auto sealed = read_sealed(file);
  if (!sealed) return damaged();
  const auto manifest = bundle::parse_manifest(sealed->manifest_json);
  if (!manifest) return damaged();
  const auto checked = bundle::check_bundle(file, {manifest->device});
  if (!checked || checked->id != sealed->id) return damaged();
  return sealed;
}

Result<OpenedBundle> open_sealed(Outbox& outbox, const Outbox::Item& item) {
  OpenedBundle opened;
  auto file = outbox.open(item.id);
  if (!file) {
    if (file.error().kind == ErrorKind::kUnavailable) return std::unexpected(file.error());
    if (file.error().kind != ErrorKind::kNotFound) return damaged();
    return fail(ErrorKind::kNotFound, "sync.missing",
                "The file of this bundle is gone from here, so it cannot be sent. Look for another "
                "copy and tell the office.");
  }
  opened.file = std::move(*file);
  VIGIL_ASSIGN(opened.sealed, check_sealed(*opened.file));
  if (opened.sealed.id != item.id || opened.sealed.size_bytes != item.size_bytes) return damaged();
  return opened;
}

bool is_lost_here(const Error& error) {
  return error.code == "sync.damaged" || error.code == "sync.missing";
}

}  // namespace vigil::sync
