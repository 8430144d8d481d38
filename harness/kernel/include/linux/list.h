#ifndef DOORWAY_KERNEL_LINUX_LIST_H
#define DOORWAY_KERNEL_LINUX_LIST_H

#include <linux/kernel.h>
#include <linux/types.h>

/* Rings of list_heads, of which one is the list itself. */
#define LIST_HEAD_INIT(name) \
  { &(name), &(name) }
#define LIST_HEAD(name) struct list_head name = LIST_HEAD_INIT(name)

static inline void INIT_LIST_HEAD(struct list_head* list) { list->next = list->prev = list; }
static inline void doorway_list_insert(struct list_head* entry, struct list_head* before, struct list_head* after) {
  entry->prev = before;
  entry->next = after;
  after->prev = entry;
  WRITE_ONCE(before->next, entry);
}
static inline void list_add(struct list_head* entry, struct list_head* head) {
  doorway_list_insert(entry, head, head->next);
}
static inline void list_add_tail(struct list_head* entry, struct list_head* head) {
  doorway_list_insert(entry, head->prev, head);
}
static inline void __list_del_entry(struct list_head* entry) {
  entry->next->prev = entry->prev;
  WRITE_ONCE(entry->prev->next, entry->next);
}
static inline void list_del(struct list_head* entry) {
  __list_del_entry(entry);
  entry->next = entry->prev = 0;
}
static inline void list_del_init(struct list_head* entry) {
  __list_del_entry(entry);
  INIT_LIST_HEAD(entry);
}
static inline int list_empty(const struct list_head* head) { return READ_ONCE(head->next) == head; }
static inline int list_is_first(const struct list_head* entry, const struct list_head* head) {
  return entry->prev == head;
}
static inline int list_is_last(const struct list_head* entry, const struct list_head* head) {
  return entry->next == head;
}

#define list_entry(p, type, member) container_of(p, type, member)
#define list_first_entry(head, type, member) list_entry((head)->next, type, member)
#define list_last_entry(head, type, member) list_entry((head)->prev, type, member)
#define list_next_entry(position, member) list_entry((position)->member.next, __typeof__(*(position)), member)
#define list_for_each(position, head) for (position = (head)->next; position != (head); position = position->next)
#define list_for_each_entry(position, head, member)                                                   \
  for (position = list_first_entry(head, __typeof__(*position), member); &position->member != (head); \
       position = list_next_entry(position, member))
#define list_for_each_entry_safe(position, after, head, member)                                                     \
  for (position = list_first_entry(head, __typeof__(*position), member), after = list_next_entry(position, member); \
       &position->member != (head); position = after, after = list_next_entry(after, member))

#endif
