/*
 * The handshake of PROTOCOL.md against an attacker who is the network (Dolev and Yao, 1983): every
 * message goes to the attacker, and whatever arrives is of the attacker's choice, as far as it can
 * be made. Signatures, MACs and Diffie-Hellman are perfect: what an honest unit signs or
 * authenticates can be passed on and not be changed, and a common secret needs one of its two
 * halves. The attacker is also a unit with a valid profile, whom honest units talk to.
 *
 * Two ends open a handshake, to any address, and two answer one: A and B do both, or with AGAIN
 * A opens two and B answers two. Each honest end draws one share, so that a share is the number of
 * the run it was drawn in. Nobody remembers nonces here: what holds does so after a restart, too.
 *
 * WEAK_... takes away one thing the protocol does. CHECK_... asserts one thing that must hold;
 * without any, all are asserted.
 */

#define A 0
#define B 1
#define E 2 /* the attacker */

#define AUTHORISE 0
#define ENCRYPT 1

/* Runs 0 and 1 open a handshake, those from 2 on answer one. */
#define RUNS 4
#ifdef AGAIN
#define OPENS_TOO A
#define ANSWERS_TOO B
#else
#define OPENS_TOO B
#define ANSWERS_TOO A
#endif
#define isInitiator(r) ((r) < 2)
#define X RUNS /* the share whose secret the attacker has */

#define DONE 1

#if !defined(CHECK_REPLAY) && !defined(CHECK_REFLECTION) && !defined(CHECK_MISBINDING) \
 && !defined(CHECK_DOWNGRADE) && !defined(CHECK_AUDIENCE) && !defined(CHECK_LIFE)
#define CHECK_REPLAY
#define CHECK_REFLECTION
#define CHECK_MISBINDING
#define CHECK_DOWNGRADE
#define CHECK_AUDIENCE
#define CHECK_AGREEMENT
#endif

#ifdef WEAK_REPLAY
#define COVERS_ANSWER(i, r) true /* the proofs of an ACK are about the SYN alone */
#else
#define COVERS_ANSWER(i, r) sameAnswer(i, r)
#endif

#ifdef WEAK_REFLECTION
#define IS_ITSELF(other, me) false
#define IS_MEANT(to, me) true
#else
#define IS_ITSELF(other, me) ((other) == (me))
#ifdef WEAK_AUDIENCE
#define IS_MEANT(to, me) true
#else
#define IS_MEANT(to, me) ((to) == (me))
#endif
#endif

#ifdef WEAK_MISBINDING
#define KNOWS_KEY(share) true /* there are signatures and no MACs */
#else
#define KNOWS_KEY(share) ((share) == X)
#endif

#ifdef WEAK_DOWNGRADE
#define SAME_ASK(one, other) true /* protection is outside of what is signed */
#define ON_THE_WAY(ask) pick(ask, ENCRYPT)
#else
#define SAME_ASK(one, other) ((one) == (other))
#define ON_THE_WAY(ask) skip
#endif

/* One end of a handshake: what it sent or received in each message, and what became of it. */
typedef Side {
  byte me;
  byte need; /* the protection its policy asks for */
  bit stage; /* DONE, or not yet */
  bool sent; /* the attacker has seen its message */
  byte synBy; byte synShare; byte synTo; byte synAsk;
  byte ansBy; byte ansShare; byte ansAsk;
  byte ackAsk;
  byte peer
}

Side side[RUNS];

#define owner(share) ((share) == X -> E : side[share].me)
#define stronger(one, other) ((one) > (other) -> (one) : (other))

#define sameSyn(i, r) (side[i].synBy == side[r].synBy && side[i].synShare == side[r].synShare \
  && side[i].synTo == side[r].synTo && SAME_ASK(side[i].synAsk, side[r].synAsk))
#define sameAnswer(i, r) (side[i].ansBy == side[r].ansBy && side[i].ansShare == side[r].ansShare \
  && SAME_ASK(side[i].ansAsk, side[r].ansAsk))

inline pick(value, most) {
  value = 0;
  do
  :: value < (most) -> value++
  :: break
  od
}

/* What must be true whenever an honest end believes that a handshake is done. */
inline judge(x) {
  other = (isInitiator(x) -> side[x].ansShare : side[x].synShare);
#ifdef CHECK_REFLECTION
  /* Nobody talks to themselves without knowing. */
  assert(side[x].peer != side[x].me);
#endif
#ifdef CHECK_MISBINDING
  /* Who the peer is said to be has the other half of the secret. */
  assert(owner(other) == side[x].peer);
#endif
#ifdef CHECK_DOWNGRADE
  assert(side[x].ackAsk >= side[x].need);
  assert(side[x].peer == E || other == X || side[x].ackAsk >= side[other].need);
#endif
  if
  :: !isInitiator(x) && side[x].peer != E && other != X ->
#ifdef CHECK_REPLAY
    /* One handshake that was opened is not two that were answered. */
    n = 2;
    do
    :: n < RUNS ->
      assert(n == x || side[n].stage != DONE || side[n].synShare != other);
      n++
    :: else -> break
    od;
#endif
#ifdef CHECK_AUDIENCE
    /* The peer meant to talk to whoever is at this address. */
    assert(side[other].synTo == side[x].me);
#endif
#ifdef CHECK_AGREEMENT
    /* The peer is done, too, with this very end and at the same protection. */
    assert(side[other].stage == DONE && side[other].peer == side[x].me);
    assert(side[other].ansShare == x && side[other].ackAsk == side[x].ackAsk);
#endif
#ifdef CHECK_LIFE
    assert(!(side[x].me == B && side[x].peer == A && side[x].ackAsk == ENCRYPT));
#endif
    skip
  :: isInitiator(x) && side[x].peer != E && other != X ->
#ifdef CHECK_AGREEMENT
    /* The peer has answered this very end. */
    assert(side[other].me == side[x].peer && side[other].synBy == side[x].me);
    assert(side[other].synShare == x && side[other].sent);
#endif
    skip
  :: else -> skip
  fi;
  n = 0;
  other = 0
}

/* A message that would be refused changes nothing for anybody but the end that refuses it, which
 * then waits for ever in this model: it never arrives. */

inline takeAnswer(i, r) {
  side[i].ansBy = side[r].ansBy;
  side[i].ansShare = side[r].ansShare;
  side[i].ansAsk = side[r].ansAsk;
  ON_THE_WAY(side[i].ansAsk)
}

inline makeAnswer(i, share) {
  side[i].ansBy = E;
  side[i].ansShare = share;
  pick(side[i].ansAsk, ENCRYPT)
}

inline takeSyn(r, i) {
  side[r].synBy = side[i].synBy;
  side[r].synShare = side[i].synShare;
  side[r].synTo = side[i].synTo;
  side[r].synAsk = side[i].synAsk;
  ON_THE_WAY(side[r].synAsk)
}

/* To the right address, or it would be refused; and the least that is asked leaves most open. */
inline makeSyn(r, share) {
  side[r].synBy = E;
  side[r].synShare = share;
  side[r].synTo = side[r].me;
  side[r].synAsk = AUTHORISE
}

inline takeAck(r, i) {
  side[r].ackAsk = side[i].ackAsk;
  ON_THE_WAY(side[r].ackAsk)
}

#define canTakeSyn(r, i) (side[i].sent && !IS_ITSELF(side[i].me, side[r].me) \
  && IS_MEANT(side[i].synTo, side[r].me))
#define canTakeAnswer(i, r) (side[r].sent && sameSyn(i, r) && !IS_ITSELF(side[r].me, side[i].me))
#define canTakeAck(r, i) (side[i].stage == DONE && sameSyn(i, r) && COVERS_ANSWER(i, r))
#define canMakeAnswer(share) (side[share].sent && KNOWS_KEY(share))

proctype Initiator(byte i) {
  byte other, n;

  atomic {
    if
    :: canTakeAnswer(i, 2) -> takeAnswer(i, 2)
    :: canTakeAnswer(i, 3) -> takeAnswer(i, 3)
    :: makeAnswer(i, X)
    :: canMakeAnswer(0) -> makeAnswer(i, 0)
    :: canMakeAnswer(1) -> makeAnswer(i, 1)
    :: canMakeAnswer(2) -> makeAnswer(i, 2)
    :: canMakeAnswer(3) -> makeAnswer(i, 3)
    fi;
    side[i].ansAsk >= side[i].synAsk;
    side[i].ackAsk = stronger(side[i].ansAsk, side[i].need);
    side[i].peer = side[i].ansBy;
    side[i].stage = DONE;
    judge(i)
  }
}

proctype Responder(byte r) {
  byte other, n;

  atomic {
    if
    :: canTakeSyn(r, 0) -> takeSyn(r, 0)
    :: canTakeSyn(r, 1) -> takeSyn(r, 1)
    :: makeSyn(r, X)
    :: side[0].sent -> makeSyn(r, 0)
    :: side[1].sent -> makeSyn(r, 1)
    :: side[2].sent -> makeSyn(r, 2)
    :: side[3].sent -> makeSyn(r, 3)
    fi;
    side[r].ansBy = side[r].me;
    side[r].ansShare = r;
    side[r].ansAsk = stronger(side[r].synAsk, side[r].need);
    side[r].sent = true
  }
  atomic {
    if
    :: canTakeAck(r, 0) -> takeAck(r, 0)
    :: canTakeAck(r, 1) -> takeAck(r, 1)
    :: side[r].synBy == E && KNOWS_KEY(side[r].synShare) -> pick(side[r].ackAsk, ENCRYPT)
    fi;
    side[r].ackAsk >= side[r].ansAsk;
    side[r].peer = side[r].synBy;
    side[r].stage = DONE;
    judge(r)
  }
}

/* Opens to any address, and may ask for less at first than its policy does in the end. */
inline open(i, who) {
  side[i].me = who;
  pick(side[i].need, ENCRYPT);
  side[i].synBy = who;
  side[i].synShare = i;
  pick(side[i].synTo, E);
  pick(side[i].synAsk, side[i].need);
  side[i].sent = true
}

inline wait(r, who) {
  side[r].me = who;
  pick(side[r].need, ENCRYPT)
}

init {
  atomic {
    open(0, A);
    open(1, OPENS_TOO);
    wait(2, B);
    wait(3, ANSWERS_TOO);
    run Initiator(0);
    run Initiator(1);
    run Responder(2);
    run Responder(3)
  }
}
