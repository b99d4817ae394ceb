package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Label;
import io.oarlock.model.Operation;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;

@Resource(
    group = "What was seen",
    aliases = {"flow", "flows"},
    operations = {Operation.GET, Operation.LIST, Operation.COUNT},
    indexes = {"action,startTime"},
    retention = "PT168H",
    example =
        """
        {
          "startTime": "2026-11-21T23:50:00.000Z",
          "endTime": "2026-11-21T23:50:10.000Z",
          "action": "Reject",
          "side": "Receiver",
          "sourceType": "ProcessingUnit",
          "sourceId": "frontend-1c9e02aa",
          "destinationType": "ProcessingUnit",
          "destinationId": "database-5b0f66c3",
          "destinationIp": "10.0.0.1",
          "destinationPort": 5432,
          "protocol": "tcp",
          "reason": "rejected: no policy matches, the default decides",
          "connections": 3,
          "bytesSent": 0,
          "bytesReceived": 0,
          "enforcerId": "6741f3a2c0de4b0f8a1d2e3f"
        }
        """)
@Doc(
    "What became of connections, as the enforcer of one end tells it, those alike within a few "
        + "seconds counted together. One that tells of rejected connections is an event when it "
        + "arrives; the others are only kept.")
public record FlowReport(
    RecordMeta meta,
    Flow flow,
    @Doc("Identifier of the enforcer that tells.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Format(TextFormat.ID)
        @Size(max = 64)
        @Label("Enforcer ID")
        String enforcerId) {}
