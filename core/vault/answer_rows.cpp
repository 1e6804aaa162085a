// SPDX-License-Identifier: Apache-2.0
#include "core/vault/answer_rows.h"

#include <algorithm>

#include "core/vault/refs.h"

namespace vigil::vault {

Result<std::vector<Answer>> read_answer_rows(sql::Statement& select) {
  std::vector<Answer> list;
  while (true) {
    VIGIL_ASSIGN(const bool row, select.step());
    if (!row) break;
    list.push_back({select.text(0), select.text(1)});
  }
  std::ranges::sort(list, ref_less, &Answer::ref);
  return list;
}

Status forget_unfinished(Store& store, RecordId record, std::string_view ref) {
  sql::Statement remove(store.database, "DELETE FROM unfinished WHERE record = ? AND ref = ?");
  return remove.bind(record.value).bind(ref).run();
}

}  // namespace vigil::vault
