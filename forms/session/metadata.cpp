// SPDX-License-Identifier: Apache-2.0
//
// Preloads, identity and times: what a form says of itself.
#include <fmt/format.h>

#include "forms/session/session_state.h"
#include "forms/session/value_type.h"

namespace vigil::forms {

std::string Session::new_uuid() {
  // RFC 9562, version 4.
  const std::uint64_t high = (host_.random_bits() & ~std::uint64_t{0xF000}) | 0x4000U;
  const std::uint64_t low =
      (host_.random_bits() & ~(std::uint64_t{0xC0} << 56U)) | (std::uint64_t{0x80} << 56U);
  return fmt::format("uuid:{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32U,
                     (high >> 16U) & 0xFFFFU, high & 0xFFFFU, low >> 48U, low & 0xFFFFFFFFFFFFU);
}

std::string Session::local_time_text(WallTime time) const {
  const int offset = host_.utc_offset_minutes(time);
  const std::int64_t local = time.ms + std::int64_t{offset} * 60'000;
  const std::int64_t day_ms = 86'400'000;
  std::int64_t days = local / day_ms;
  std::int64_t rest = local % day_ms;
  if (rest < 0) {
    rest += day_ms;
    --days;
  }
  const std::string date =
      canonical_value(DataType::kDate, fmt::format("{}", days)).value_or("1970-01-01");
  const int distance = offset < 0 ? -offset : offset;
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}{}{:02}:{:02}", date, rest / 3'600'000,
                     rest / 60'000 % 60, rest / 1000 % 60, rest % 1000, offset < 0 ? '-' : '+',
                     distance / 60, distance % 60);
}

void Session::preload(Node& node) {
  const SchemaNode& own = schema(node);
  const auto set = [&](const std::string& value) { document_->set_value(node, value); };
  if (own.preload == "uid") {
    if (node.value().empty() || node.bind != form_->instance_id) set(new_uuid());
  } else if (own.preload == "timestamp" && own.preload_parameter == "start") {
    set(local_time_text(host_.now()));
  } else if (own.preload == "date" && own.preload_parameter == "today") {
    set(local_time_text(host_.now()).substr(0, 10));
  } else if (own.preload == "property") {
    if (std::string value = host_.property(own.preload_parameter); !value.empty()) set(value);
  }
}

void Session::preload_new() {
  for (SchemaIndex index = 0; index < form_->schema.size(); ++index) {
    if (form_->schema[index].preload.empty()) continue;
    each_instance(*document_->root_element(), index, [&](Node& node) { preload(node); });
  }
}

void Session::stamp_end() {
  for (SchemaIndex index = 0; index < form_->schema.size(); ++index) {
    const SchemaNode& own = form_->schema[index];
    if (own.preload != "timestamp" || own.preload_parameter != "end") continue;
    each_instance(*document_->root_element(), index,
                  [&](Node& node) { write_value(node, local_time_text(host_.now())); });
  }
}

void Session::prepare_edit() {
  Node* meta = child_of(*document_->root_element(), form_->schema[form_->meta]);
  if (meta == nullptr) return;
  Node* id = child_of(*meta, form_->schema[form_->instance_id]);
  if (id == nullptr) return;
  if (!id->value().empty()) {
    Node* old = child_of(*meta, form_->schema[form_->deprecated_id]);
    if (old == nullptr) {
      old = &document_->create_element(form_->schema[form_->deprecated_id].name);
      old->bind = form_->deprecated_id;
      document_->insert_after(*id, *old);
    }
    document_->set_value(*old, id->value());
  }
  document_->set_value(*id, new_uuid());
}

void Session::ensure_instance_id() {
  Node* id = nearest(*document_->root_element(), form_->instance_id);
  if (id != nullptr && id->value().empty()) write_value(*id, new_uuid());
}

std::string Session::instance_id() const {
  Node* id = nearest(*document_->root_element(), form_->instance_id);
  // A form without a way to name its instances gets a name when it is first asked for.
  if (id != nullptr && id->value().empty()) const_cast<Session*>(this)->ensure_instance_id();
  return id == nullptr ? std::string() : id->value();
}

}  // namespace vigil::forms
