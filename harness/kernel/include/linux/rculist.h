#ifndef DOORWAY_KERNEL_LINUX_RCULIST_H
#define DOORWAY_KERNEL_LINUX_RCULIST_H

#include <linux/list.h>
#include <linux/rcupdate.h>

static inline void list_add_rcu(struct list_head* entry, struct list_head* head) {
  struct list_head* after = head->next;
  entry->next = after;
  entry->prev = head;
  smp_store_release(&head->next, entry);
  after->prev = entry;
}
static inline void list_del_rcu(struct list_head* entry) {
  entry->next->prev = entry->prev;
  WRITE_ONCE(entry->prev->next, entry->next);
  entry->prev = 0;
}
#define list_entry_rcu(p, type, member) container_of(rcu_dereference(p), type, member)
#define list_for_each_entry_rcu(position, head, member, ...)                                                \
  for (position = list_entry_rcu((head)->next, __typeof__(*position), member); &position->member != (head); \
       position = list_entry_rcu(position->member.next, __typeof__(*position), member))

#endif
