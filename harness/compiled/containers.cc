// The parts of libstdc++'s containers that are in its library, where they tell of nothing: the links of std::list, and
// the red-black trees of std::set and std::map. This file is compiled as programs are; the library's versions are
// hidden by these. The trees are as in Cormen, Leiserson, Rivest and Stein, "Introduction to Algorithms", chapter 13;
// their header's parent is the root, its left and right are the first and the last node.

#include <list>
#include <map>

namespace {

using Node = std::_Rb_tree_node_base;

bool IsBlack(const Node* node) { return node == nullptr || node->_M_color == std::_S_black; }
bool IsLeft(const Node* node) { return node == node->_M_parent->_M_left; }

// The pointer that points down to the node.
Node*& LinkTo(Node* node, Node& header) {
  if (node == header._M_parent) return header._M_parent;
  return IsLeft(node) ? node->_M_parent->_M_left : node->_M_parent->_M_right;
}

void Adopt(Node* child, Node* parent) {
  if (child != nullptr) child->_M_parent = parent;
}

// The node's child on the other side takes its place; the node goes down to `left` or right.
void Rotate(Node* node, bool left, Node& header) {
  Node* const up = left ? node->_M_right : node->_M_left;
  Node*& inner = left ? up->_M_left : up->_M_right;
  LinkTo(node, header) = up;
  up->_M_parent = node->_M_parent;
  (left ? node->_M_right : node->_M_left) = inner;
  Adopt(inner, node);
  inner = node;
  node->_M_parent = up;
}

Node* First(Node* node) {
  while (node->_M_left != nullptr) node = node->_M_left;
  return node;
}
Node* Last(Node* node) {
  while (node->_M_right != nullptr) node = node->_M_right;
  return node;
}

Node* Next(Node* node) {
  if (node->_M_right != nullptr) return First(node->_M_right);
  Node* up = node->_M_parent;
  while (node == up->_M_right) {
    node = up;
    up = up->_M_parent;
  }
  // From the last node, which is the root, the header: its right is that node, too.
  return node->_M_right != up ? up : node;
}

Node* Previous(Node* node) {
  const bool is_header = node->_M_color == std::_S_red && node->_M_parent->_M_parent == node;
  if (is_header) return node->_M_right;
  if (node->_M_left != nullptr) return Last(node->_M_left);
  Node* up = node->_M_parent;
  while (node == up->_M_left) {
    node = up;
    up = up->_M_parent;
  }
  return up;
}

// `node`, which may be null, has one black node too few above it on its side of `parent`.
void AddBlack(Node* node, Node* parent, Node& header) {
  while (node != header._M_parent && IsBlack(node)) {
    const bool left = node == parent->_M_left;
    Node* sibling = left ? parent->_M_right : parent->_M_left;
    if (!IsBlack(sibling)) {
      sibling->_M_color = std::_S_black;
      parent->_M_color = std::_S_red;
      Rotate(parent, left, header);
      sibling = left ? parent->_M_right : parent->_M_left;
    }
    if (IsBlack(sibling->_M_left) && IsBlack(sibling->_M_right)) {
      sibling->_M_color = std::_S_red;
      node = parent;
      parent = parent->_M_parent;
      continue;
    }
    if (IsBlack(left ? sibling->_M_right : sibling->_M_left)) {
      (left ? sibling->_M_left : sibling->_M_right)->_M_color = std::_S_black;
      sibling->_M_color = std::_S_red;
      Rotate(sibling, !left, header);
      sibling = left ? parent->_M_right : parent->_M_left;
    }
    sibling->_M_color = parent->_M_color;
    parent->_M_color = std::_S_black;
    (left ? sibling->_M_right : sibling->_M_left)->_M_color = std::_S_black;
    Rotate(parent, left, header);
    return;
  }
  if (node != nullptr) node->_M_color = std::_S_black;
}

}  // namespace

namespace std {

_Rb_tree_node_base* _Rb_tree_increment(_Rb_tree_node_base* node) throw() { return Next(node); }
const _Rb_tree_node_base* _Rb_tree_increment(const _Rb_tree_node_base* node) throw() {
  return Next(const_cast<Node*>(node));
}
_Rb_tree_node_base* _Rb_tree_decrement(_Rb_tree_node_base* node) throw() { return Previous(node); }
const _Rb_tree_node_base* _Rb_tree_decrement(const _Rb_tree_node_base* node) throw() {
  return Previous(const_cast<Node*>(node));
}

void _Rb_tree_insert_and_rebalance(const bool insert_left, _Rb_tree_node_base* node, _Rb_tree_node_base* parent,
                                   _Rb_tree_node_base& header) throw() {
  node->_M_parent = parent;
  node->_M_left = node->_M_right = nullptr;
  node->_M_color = _S_red;
  (insert_left ? parent->_M_left : parent->_M_right) = node;
  if (parent == &header) {
    header._M_parent = header._M_left = header._M_right = node;
  } else if (insert_left && parent == header._M_left) {
    header._M_left = node;
  } else if (!insert_left && parent == header._M_right) {
    header._M_right = node;
  }
  while (node != header._M_parent && !IsBlack(node->_M_parent)) {
    Node* const up = node->_M_parent;
    Node* const above = up->_M_parent;
    const bool left = up == above->_M_left;
    Node* const uncle = left ? above->_M_right : above->_M_left;
    if (!IsBlack(uncle)) {
      up->_M_color = uncle->_M_color = _S_black;
      above->_M_color = _S_red;
      node = above;
      continue;
    }
    if (IsLeft(node) != left) {
      node = up;
      Rotate(node, left, header);
    }
    node->_M_parent->_M_color = _S_black;
    above->_M_color = _S_red;
    Rotate(above, !left, header);
  }
  header._M_parent->_M_color = _S_black;
}

_Rb_tree_node_base* _Rb_tree_rebalance_for_erase(_Rb_tree_node_base* const node, _Rb_tree_node_base& header) throw() {
  if (node == header._M_left) header._M_left = node == header._M_right ? &header : Next(node);
  if (node == header._M_right) header._M_right = header._M_left == &header ? &header : Previous(node);
  // What leaves its place is the node, or the one next to it, which then takes the node's.
  Node* const leaves = node->_M_left == nullptr || node->_M_right == nullptr ? node : First(node->_M_right);
  Node* const child = leaves->_M_left != nullptr ? leaves->_M_left : leaves->_M_right;
  Node* parent = leaves->_M_parent;
  const bool was_black = IsBlack(leaves);
  LinkTo(leaves, header) = child;
  Adopt(child, parent);
  if (leaves != node) {
    if (parent == node) parent = leaves;
    LinkTo(node, header) = leaves;
    leaves->_M_parent = node->_M_parent;
    leaves->_M_color = node->_M_color;
    leaves->_M_left = node->_M_left;
    leaves->_M_right = node->_M_right;
    Adopt(leaves->_M_left, leaves);
    Adopt(leaves->_M_right, leaves);
  }
  if (was_black) AddBlack(child, parent, header);
  return node;
}

namespace __detail {

void _List_node_base::_M_hook(_List_node_base* const position) noexcept {
  _M_next = position;
  _M_prev = position->_M_prev;
  position->_M_prev->_M_next = this;
  position->_M_prev = this;
}

void _List_node_base::_M_unhook() noexcept {
  _M_prev->_M_next = _M_next;
  _M_next->_M_prev = _M_prev;
}

// [first, last) leaves its ring, and comes before this.
void _List_node_base::_M_transfer(_List_node_base* const first, _List_node_base* const last) noexcept {
  if (this == last) return;
  _List_node_base* const end = last->_M_prev;
  first->_M_prev->_M_next = last;
  last->_M_prev = first->_M_prev;
  _M_prev->_M_next = first;
  first->_M_prev = _M_prev;
  end->_M_next = this;
  _M_prev = end;
}

void _List_node_base::_M_reverse() noexcept {
  _List_node_base* node = this;
  do {
    _List_node_base* const next = node->_M_next;
    node->_M_next = node->_M_prev;
    node->_M_prev = next;
    node = next;
  } while (node != this);
}

void _List_node_base::swap(_List_node_base& a, _List_node_base& b) noexcept {
  const bool a_is_empty = a._M_next == &a;
  const bool b_is_empty = b._M_next == &b;
  const _List_node_base was = a;
  const auto take = [](_List_node_base& list, const _List_node_base& from, bool empty) {
    list = from;
    if (empty) list._M_next = list._M_prev = &list;
    list._M_next->_M_prev = list._M_prev->_M_next = &list;
  };
  take(a, b, b_is_empty);
  take(b, was, a_is_empty);
}

}  // namespace __detail
}  // namespace std
