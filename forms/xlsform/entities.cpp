// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "forms/xlsform/form_model.h"
#include "forms/xlsform/references.h"
#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

constexpr std::string_view kReservedPrefix = "__";

Place column_place(const EntityDeclaration& entity, std::string_view column) {
  return {"entities", entity.row, column};
}

void check_declaration(const EntityDeclaration& entity, Problems& problems) {
  const std::string& name = entity.list_name;
  const Place place = column_place(entity, "list_name");
  if (name.empty()) {
    problems.error(place, "This entity names no list.");
  } else if (name.starts_with(kReservedPrefix)) {
    problems.error(place, fmt::format("The list name \"{}\" begins with __, which is kept for the "
                                      "tools.",
                                      name));
  } else if (name.find('.') != std::string::npos || !is_xml_name(name)) {
    problems.error(place,
                   fmt::format("\"{}\" cannot name an entity list: a letter or _ first, then "
                               "letters, digits, underscores or hyphens, no periods.",
                               name));
  }
  const bool has_id = !entity.entity_id.value.empty();
  if (!entity.update_if.value.empty() && !has_id) {
    problems.error(column_place(entity, "entity_id"),
                   fmt::format("The entity \"{}\" is updated, so it needs an entity_id.", name));
  }
  if (has_id && !entity.create_if.value.empty() && entity.update_if.value.empty()) {
    problems.error(column_place(entity, "update_if"),
                   fmt::format("The entity \"{}\" may be created or updated: with create_if and "
                               "entity_id it needs update_if too.",
                               name));
  }
  if (!has_id && entity.update_if.value.empty() && entity.label.value.empty()) {
    problems.error(column_place(entity, "label"),
                   fmt::format("The entity \"{}\" is created, so it needs a label.", name));
  }
}

SurveyNode* scope_of(SurveyNode* node) {
  while (node->parent != nullptr && node->kind != SurveyNode::Kind::kRepeat) node = node->parent;
  return node;
}

bool is_ancestor_or_self(const SurveyNode* ancestor, const SurveyNode* node) {
  for (; node != nullptr; node = node->parent) {
    if (node == ancestor) return true;
  }
  return false;
}

// A question that gives an entity a property or a value.
struct Use {
  SurveyNode* question = nullptr;
  bool save_to = false;
  Place place;
};

class EntityPlacer {
 public:
  EntityPlacer(FormModel& model, Problems& problems)
      : model_(model), problems_(problems), references_(model, problems) {}

  void place_all() {
    uses_.resize(model_.entities.size());
    gather_save_to();
    gather_references();
    if (problems_.any_error()) return;
    std::vector<Wish> wishes;
    for (std::size_t at = 0; at < model_.entities.size(); ++at) wishes.push_back(wish(at));
    if (problems_.any_error()) return;
    // The deepest choose first: whoever is above can only go up.
    std::ranges::stable_sort(wishes, [](const Wish& a, const Wish& b) {
      return a.container->depth > b.container->depth;
    });
    for (const Wish& each : wishes) settle(each);
  }

 private:
  struct Wish {
    EntityDeclaration* entity = nullptr;
    SurveyNode* container = nullptr;
    SurveyNode* scope = nullptr;
  };

  EntityDeclaration* named(std::string_view list) {
    for (EntityDeclaration& entity : model_.entities) {
      if (entity.list_name == list) return &entity;
    }
    return nullptr;
  }

  void gather_save_to() {
    std::set<std::pair<const EntityDeclaration*, std::string>> properties;
    for_each_node(*model_.root, [&](SurveyNode& node) {
      const Attribute* save_to = node.bind_attribute("entities:saveto");
      if (save_to == nullptr || node.is_container()) return;
      const Place place{"survey", node.row, save_to->header};
      const std::size_t hash = save_to->value.find('#');
      if (hash != std::string::npos && save_to->value.find('#', hash + 1) != std::string::npos) {
        problems_.error(place, "A save_to has at most one #: list#property.");
        return;
      }
      const std::string property =
          hash == std::string::npos ? save_to->value : save_to->value.substr(hash + 1);
      if (node.is_source) {
        problems_.error(place,
                        "A question asked per source cannot be saved to an entity, which has room "
                        "for one answer: save a calculation that chooses one.");
        return;
      }
      EntityDeclaration* entity = entity_of(*save_to, hash, place);
      check_property(property, place);
      if (entity == nullptr) return;
      if (!properties.emplace(entity, property).second) {
        problems_.error(place, fmt::format("The property \"{}\" of the entity \"{}\" is saved by "
                                           "another question already.",
                                           property, entity->list_name));
      }
      uses_[index_of(*entity)].push_back({&node, true, place});
    });
  }

  EntityDeclaration* entity_of(const Attribute& save_to, std::size_t hash, const Place& place) {
    if (model_.entities.empty()) {
      problems_.error(place,
                      "To save to an entity, the workbook needs a sheet entities that "
                      "declares it.");
      return nullptr;
    }
    if (hash == std::string::npos) {
      if (model_.entities.size() == 1) return &model_.entities.front();
      problems_.error(place, "With several entities, a save_to says which: list#property.");
      return nullptr;
    }
    const std::string list = save_to.value.substr(0, hash);
    if (EntityDeclaration* entity = named(list)) return entity;
    std::vector<std::string_view> lists;
    for (const EntityDeclaration& entity : model_.entities) lists.push_back(entity.list_name);
    const std::string meant = nearest_name(list, lists);
    problems_.error(place, fmt::format("The entities sheet has no list \"{}\"{}", list,
                                       meant.empty() ? "." : ", was " + meant + " meant?"));
    return nullptr;
  }

  void check_property(const std::string& property, const Place& place) {
    const std::string folded = lower_case(property);
    if (folded == "name" || folded == "label") {
      problems_.error(place,
                      fmt::format("\"{}\" cannot be saved to: name and label belong to every "
                                  "entity.",
                                  property));
    } else if (property.starts_with(kReservedPrefix)) {
      problems_.error(place,
                      fmt::format("The property \"{}\" begins with __, which is kept for the "
                                  "tools.",
                                  property));
    } else if (!is_xml_name(property)) {
      problems_.error(place, fmt::format("\"{}\" cannot name a property: a letter or _ first, then "
                                         "letters, digits, underscores, hyphens or periods.",
                                         property));
    }
  }

  void gather_references() {
    for (std::size_t at = 0; at < model_.entities.size(); ++at) {
      EntityDeclaration& entity = model_.entities[at];
      for (const Attribute* attribute :
           {&entity.label, &entity.entity_id, &entity.create_if, &entity.update_if}) {
        const Place place{"entities", entity.row, attribute->header};
        scan_references(
            attribute->value, [](std::string_view) {},
            [&](std::string_view reference) {
              if (!is_reference(reference) || reference.starts_with("last-saved#")) return true;
              if (const SurveyNode* node = references_.find(reference, place)) {
                uses_[at].push_back({const_cast<SurveyNode*>(node), false, place});
              }
              return true;
            });
      }
    }
  }

  // The repeat (or the form) that all of the entity's values come from, and the container in it.
  Wish wish(std::size_t at) {
    EntityDeclaration& entity = model_.entities[at];
    const std::vector<Use>& uses = uses_[at];
    SurveyNode* scope = model_.root.get();
    for (const Use& use : uses) {
      SurveyNode* own = scope_of(use.question->parent);
      if (is_ancestor_or_self(scope, own)) {
        scope = own;
      } else if (!is_ancestor_or_self(own, scope)) {
        report_scopes(entity, use, *scope);
        return {&entity, model_.root.get(), model_.root.get()};
      }
    }
    SurveyNode* container = nullptr;
    for (const Use& use : uses) {
      SurveyNode* own = use.question->parent;
      const bool outside = scope_of(own) != scope;
      if (outside && use.save_to) {
        report_scopes(entity, use, *scope);
        return {&entity, model_.root.get(), model_.root.get()};
      }
      if (outside) continue;  // read from above the entity
      container = container == nullptr || container == own ? own : scope;
    }
    // One entity in a form without repeats belongs to the form, as it did before there were others.
    if (container == nullptr || (model_.entities.size() == 1 && !has_repeat())) container = scope;
    return {&entity, container, scope};
  }

  bool has_repeat() const {
    bool found = false;
    for_each_node(std::as_const(*model_.root), [&](const SurveyNode& node) {
      found = found || node.kind == SurveyNode::Kind::kRepeat;
    });
    return found;
  }

  void report_scopes(const EntityDeclaration& entity, const Use& use, const SurveyNode& scope) {
    problems_.error(use.place,
                    fmt::format("The entity \"{}\" takes values from \"{}\", and \"{}\" is not in "
                                "it: copy the value there with a calculate question.",
                                entity.list_name, scope.name, use.question->name));
  }

  void settle(const Wish& wish) {
    for (SurveyNode* at = wish.container; at != nullptr; at = at->parent) {
      if (at->entity == nullptr) {
        at->entity = wish.entity;
        wish.entity->container = at;
        return;
      }
      if (at == wish.scope) break;
    }
    problems_.error(
        column_place(*wish.entity, "list_name"),
        fmt::format(
            "The entity \"{}\" finds no place: each group, repeat or form can hold one, and "
            "\"{}\" holds that of row {}.",
            wish.entity->list_name, wish.scope->name,
            wish.scope->entity == nullptr ? 0 : wish.scope->entity->row));
  }

  std::size_t index_of(const EntityDeclaration& entity) const {
    std::size_t at = 0;
    while (&model_.entities[at] != &entity) ++at;
    return at;
  }

  FormModel& model_;
  Problems& problems_;
  References references_;
  std::vector<std::vector<Use>> uses_;
};

void check_columns(const Table& table, Problems& problems) {
  for (const Column& column : table.columns) {
    if (column.header.empty() || (column.slot == Slot::kPlain && column.language.empty())) continue;
    problems.error({"entities", 1, column.header},
                   fmt::format("The entities sheet has no column \"{}\": it has list_name, label, "
                               "entity_id, create_if and update_if.",
                               column.header));
  }
  if (!table.columns.empty() && !table.has(Slot::kPlain, "list_name")) {
    problems.error({"entities", 1, "list_name"}, "The entities sheet has no column list_name.");
  }
}

}  // namespace

void read_entities(const Table& table, FormModel& model, Problems& problems) {
  check_columns(table, problems);
  for (const SheetRow& row : table.rows) {
    EntityDeclaration entity;
    entity.row = row.number;
    entity.list_name = table.cell(row, Slot::kPlain, "list_name");
    const auto take = [&](std::string_view key) {
      return Attribute{std::string(key), table.cell(row, Slot::kPlain, key),
                       table.place(row, Slot::kPlain, key).column};
    };
    entity.label = take("label");
    entity.entity_id = take("entity_id");
    entity.create_if = take("create_if");
    entity.update_if = take("update_if");
    check_declaration(entity, problems);
    model.entities.push_back(std::move(entity));
  }
  EntityPlacer(model, problems).place_all();
}

}  // namespace vigil::forms::xlsform
