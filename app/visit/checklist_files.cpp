// SPDX-License-Identifier: Apache-2.0
//
// The files of a checklist: those that are answers and those that stand beside one.
#include <algorithm>

#include "app/visit/checklist.h"
#include "app/visit/photo.h"
#include "core/crypto/secret_bytes.h"

namespace vigil::visit {
namespace {

constexpr std::string_view kBesidePrefix = "beside-";

Status write_file(vault::AttachmentWriter& writer, ByteView content) {
  VIGIL_TRY(writer.append(content));
  return writer.commit();
}

}  // namespace

// All of it or nothing: a file cut short would stand in the way of sealing.
Result<std::string> Checklist::store_file(std::string_view ref, ByteView content,
                                          std::string_view media_type, std::string_view prefix) {
  VIGIL_ASSIGN(auto prepared, prepare_attachment(content, media_type));
  std::array<std::uint8_t, 6> random{};
  crypto::random_fill(random);
  std::string name = std::string(prefix) + hex_encode(random) + "." + prepared.ending;
  const auto stored = [&]() -> Status {
    VIGIL_ASSIGN(auto writer,
                 vault::begin_attachment(vault_, record_, ref, name, prepared.media_type));
    const Status written = write_file(*writer, prepared.content);
    if (written) return {};
    // Where even this fails, resume() does it later.
    const vault::AttachmentId torn = writer->id();
    writer.reset();
    (void)vault::remove_attachment(vault_, torn);
    return written;
  }();
  crypto::wipe(prepared.content);
  if (!stored) return std::unexpected(stored.error());
  return name;
}

Result<forms::Change> Checklist::attach(std::string_view ref, ByteView content,
                                        std::string_view media_type) {
  VIGIL_ASSIGN(const auto node, session_->node(ref));
  if (node.control != "upload" || !node.relevant || node.readonly) {
    return fail(ErrorKind::kInvalid, "attachment.question",
                "This question takes no file now; choose a photo, sound, video or file question.");
  }
  VIGIL_ASSIGN(const std::string name, store_file(ref, content, media_type, ""));
  auto change = set(ref, name);
  if (!change) {
    (void)remove_file(name);
    return change;
  }
  // The file it replaces goes only after the answer names the new one.
  if (!node.value.empty()) VIGIL_TRY(remove_file(node.value));
  return change;
}

Result<std::string> Checklist::attach_beside(std::string_view ref, ByteView content,
                                             std::string_view media_type) {
  VIGIL_TRY(session_->node(ref));
  return store_file(ref, content, media_type, kBesidePrefix);
}

Status Checklist::remove_file(std::string_view name) {
  VIGIL_ASSIGN(const auto stored, vault::attachments(vault_, record_));
  for (const vault::Attachment& file : stored)
    if (file.name == name) VIGIL_TRY(vault::remove_attachment(vault_, file.id));
  return {};
}

Status Checklist::drop_stray_files() {
  VIGIL_ASSIGN(const auto stored, vault::attachments(vault_, record_));
  if (stored.empty()) return {};
  VIGIL_ASSIGN(const auto answers, vault::answers(vault_, record_));
  for (const vault::Attachment& file : stored) {
    // What stands beside an answer is shown there, named by a note or not.
    const bool named =
        file.name.starts_with(kBesidePrefix) ||
        std::ranges::find(answers, file.name, &vault::Answer::value) != answers.end();
    if (!file.complete || !named) VIGIL_TRY(vault::remove_attachment(vault_, file.id));
  }
  return {};
}

}  // namespace vigil::visit
