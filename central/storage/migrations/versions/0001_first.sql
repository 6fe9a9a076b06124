-- What central starts with. Generated once from central/storage/tables, then kept by hand:
-- a test compares the tables that it makes with those that the code declares.

CREATE EXTENSION IF NOT EXISTS vector;

CREATE TABLE questions (
    id BIGSERIAL NOT NULL,
    key VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    difficulty VARCHAR NOT NULL,
    question_type VARCHAR NOT NULL,
    position VARCHAR,
    rubric JSONB NOT NULL,
    content_hash VARCHAR NOT NULL,
    is_follow_up BOOLEAN DEFAULT 'false' NOT NULL,
    is_active BOOLEAN DEFAULT 'true' NOT NULL,
    usage_count INTEGER DEFAULT '0' NOT NULL,
    avg_score DOUBLE PRECISION,
    embedding VECTOR(1024),
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_questions PRIMARY KEY (id),
    CONSTRAINT uq_questions_key_language UNIQUE (key, language),
    CONSTRAINT ck_questions_category CHECK (category in ('technical', 'behavioral', 'situational', 'cultural_fit')),
    CONSTRAINT ck_questions_difficulty CHECK (difficulty in ('easy', 'medium', 'hard')),
    CONSTRAINT ck_questions_rubric_is_object CHECK (jsonb_typeof(rubric) = 'object')
);

CREATE TABLE records (
    committed_on DATE DEFAULT CURRENT_DATE NOT NULL,
    watermark_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    interview_id BIGINT,
    kind SMALLINT NOT NULL,
    wall_ns BIGINT NOT NULL,
    mono_ns BIGINT NOT NULL,
    payload BYTEA NOT NULL
) PARTITION BY RANGE (committed_on);

CREATE INDEX ix_records_interview_id_kind_seq ON records (interview_id, kind, seq);

-- Nothing in it compresses (sound, packed floats): kept out of line, never tried.
ALTER TABLE records ALTER COLUMN payload SET STORAGE EXTERNAL;

-- A record that no day's partition takes is never lost.
CREATE TABLE records_default PARTITION OF records DEFAULT;

CREATE TABLE rooms (
    id BIGSERIAL NOT NULL,
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    is_active BOOLEAN DEFAULT 'true' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_rooms PRIMARY KEY (id)
);

CREATE UNIQUE INDEX uq_rooms_code ON rooms (code);

CREATE TABLE score_windows (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    turn_key VARCHAR NOT NULL,
    start_mono_ns BIGINT NOT NULL,
    wall_ns BIGINT NOT NULL,
    length_ms INTEGER NOT NULL,
    frames_captured INTEGER NOT NULL,
    frames_analysed INTEGER NOT NULL,
    measures JSONB NOT NULL,
    CONSTRAINT pk_score_windows PRIMARY KEY (id)
);

CREATE INDEX ix_score_windows_interview_id_start ON score_windows (interview_id, start_mono_ns);

CREATE TABLE users (
    id BIGSERIAL NOT NULL,
    email VARCHAR NOT NULL,
    username VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    password_hash VARCHAR NOT NULL,
    full_name VARCHAR,
    language VARCHAR DEFAULT 'ko' NOT NULL,
    is_active BOOLEAN DEFAULT 'true' NOT NULL,
    failed_logins INTEGER DEFAULT '0' NOT NULL,
    locked_until TIMESTAMP WITH TIME ZONE,
    session_epoch INTEGER DEFAULT '0' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id),
    CONSTRAINT ck_users_role CHECK (role in ('candidate', 'interviewer', 'recruiter', 'admin', 'it'))
);

CREATE UNIQUE INDEX uq_users_email ON users (email);

CREATE UNIQUE INDEX uq_users_username ON users (username);

CREATE TABLE agents (
    id BIGSERIAL NOT NULL,
    room_id BIGINT NOT NULL,
    uuid VARCHAR NOT NULL,
    version VARCHAR DEFAULT '' NOT NULL,
    capabilities JSONB DEFAULT '{}' NOT NULL,
    health JSONB DEFAULT '{}' NOT NULL,
    connected BOOLEAN DEFAULT 'false' NOT NULL,
    last_seen TIMESTAMP WITH TIME ZONE,
    revoked_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_agents PRIMARY KEY (id),
    CONSTRAINT fk_agents_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id)
);

CREATE UNIQUE INDEX uq_agents_uuid ON agents (uuid);

CREATE TABLE audit_log (
    id BIGSERIAL NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    actor_id BIGINT,
    action VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    detail JSONB DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_audit_log PRIMARY KEY (id),
    CONSTRAINT fk_audit_log_actor_id_users FOREIGN KEY(actor_id) REFERENCES users (id)
);

CREATE TABLE interviews (
    id BIGSERIAL NOT NULL,
    candidate_id BIGINT NOT NULL,
    created_by BIGINT,
    room_id BIGINT,
    position VARCHAR NOT NULL,
    company VARCHAR,
    language VARCHAR NOT NULL,
    stage INTEGER DEFAULT '1' NOT NULL,
    status VARCHAR DEFAULT 'scheduled' NOT NULL,
    scheduled_time TIMESTAMP WITH TIME ZONE,
    start_time TIMESTAMP WITH TIME ZONE,
    end_time TIMESTAMP WITH TIME ZONE,
    end_reason VARCHAR,
    recording_consent BOOLEAN,
    scoring_consent BOOLEAN,
    overall_score DOUBLE PRECISION,
    emotion_summary JSONB,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_interviews PRIMARY KEY (id),
    CONSTRAINT ck_interviews_status CHECK (status in ('scheduled', 'live', 'completed', 'cancelled')),
    CONSTRAINT fk_interviews_candidate_id_users FOREIGN KEY(candidate_id) REFERENCES users (id),
    CONSTRAINT fk_interviews_created_by_users FOREIGN KEY(created_by) REFERENCES users (id),
    CONSTRAINT fk_interviews_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id)
);

CREATE INDEX ix_interviews_candidate_id ON interviews (candidate_id);

CREATE INDEX ix_interviews_room_id ON interviews (room_id);

CREATE TABLE quarantine (
    id BIGSERIAL NOT NULL,
    room_id BIGINT NOT NULL,
    spool_id VARCHAR NOT NULL,
    seq BIGINT NOT NULL,
    interview_ref VARCHAR NOT NULL,
    kind INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    payload BYTEA NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_quarantine PRIMARY KEY (id),
    CONSTRAINT fk_quarantine_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id)
);

CREATE TABLE consents (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    recording BOOLEAN NOT NULL,
    ai_scoring BOOLEAN NOT NULL,
    notice_version VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    given_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_consents PRIMARY KEY (id),
    CONSTRAINT fk_consents_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id)
);

CREATE INDEX ix_consents_interview_id ON consents (interview_id);

CREATE TABLE evaluation_reports (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    stage INTEGER NOT NULL,
    technical_score DOUBLE PRECISION,
    communication_score DOUBLE PRECISION,
    cultural_fit_score DOUBLE PRECISION,
    depth_score DOUBLE PRECISION,
    summary_text VARCHAR NOT NULL,
    details JSONB NOT NULL,
    evaluator_model VARCHAR NOT NULL,
    versions JSONB NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_evaluation_reports PRIMARY KEY (id),
    CONSTRAINT uq_evaluation_reports_interview_id_stage UNIQUE (interview_id, stage),
    CONSTRAINT fk_evaluation_reports_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id)
);

CREATE TABLE ingest_watermark (
    id BIGSERIAL NOT NULL,
    spool_id VARCHAR NOT NULL,
    agent_id BIGINT NOT NULL,
    seq BIGINT DEFAULT '0' NOT NULL,
    crc BIGINT DEFAULT '0' NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_ingest_watermark PRIMARY KEY (id),
    CONSTRAINT fk_ingest_watermark_agent_id_agents FOREIGN KEY(agent_id) REFERENCES agents (id)
);

CREATE UNIQUE INDEX uq_ingest_watermark_spool_id ON ingest_watermark (spool_id);

CREATE TABLE interview_questions (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    bank_question_id BIGINT,
    ordinal INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    difficulty VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    rubric JSONB NOT NULL,
    answer_limit_ms INTEGER DEFAULT '120000' NOT NULL,
    think_ms INTEGER DEFAULT '0' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_interview_questions PRIMARY KEY (id),
    CONSTRAINT fk_interview_questions_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id),
    CONSTRAINT fk_interview_questions_bank_question_id_questions FOREIGN KEY(bank_question_id) REFERENCES questions (id)
);

CREATE INDEX ix_interview_questions_interview_id ON interview_questions (interview_id);

CREATE TABLE jobs (
    id BIGSERIAL NOT NULL,
    kind VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    interview_id BIGINT,
    priority INTEGER DEFAULT '100' NOT NULL,
    body JSONB NOT NULL,
    state VARCHAR DEFAULT 'queued' NOT NULL,
    attempt INTEGER DEFAULT '0' NOT NULL,
    worker VARCHAR,
    lease_until TIMESTAMP WITH TIME ZONE,
    not_before TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    error VARCHAR,
    CONSTRAINT pk_jobs PRIMARY KEY (id),
    CONSTRAINT uq_jobs_kind_key UNIQUE (kind, key),
    CONSTRAINT ck_jobs_state CHECK (state in ('queued', 'running', 'done', 'dead')),
    CONSTRAINT fk_jobs_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id)
);

CREATE INDEX ix_jobs_interview_id ON jobs (interview_id);

CREATE INDEX ix_jobs_open ON jobs (kind, priority, id) WHERE state in ('queued', 'running');

CREATE TABLE room_commands (
    id BIGSERIAL NOT NULL,
    room_id BIGINT NOT NULL,
    interview_id BIGINT,
    kind VARCHAR NOT NULL,
    body JSONB NOT NULL,
    issued_by BIGINT,
    state VARCHAR DEFAULT 'open' NOT NULL,
    detail VARCHAR,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    resolved_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_room_commands PRIMARY KEY (id),
    CONSTRAINT ck_room_commands_state CHECK (state in ('open', 'done', 'expired', 'refused', 'unknown')),
    CONSTRAINT fk_room_commands_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id),
    CONSTRAINT fk_room_commands_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id),
    CONSTRAINT fk_room_commands_issued_by_users FOREIGN KEY(issued_by) REFERENCES users (id)
);

CREATE INDEX ix_room_commands_interview_id ON room_commands (interview_id);

CREATE INDEX ix_room_commands_open ON room_commands (room_id, id) WHERE state = 'open';

CREATE TABLE turns (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    turn_key VARCHAR NOT NULL,
    question_id BIGINT,
    position INTEGER NOT NULL,
    asked_text VARCHAR NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    asked_mono_ns BIGINT NOT NULL,
    answer_opened_at TIMESTAMP WITH TIME ZONE,
    answer_begun_at TIMESTAMP WITH TIME ZONE,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_mono_ns BIGINT,
    end_reason VARCHAR,
    expected_utterances INTEGER,
    first_sample BIGINT,
    end_sample BIGINT,
    evaluated_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_turns PRIMARY KEY (id),
    CONSTRAINT uq_turns_interview_id_turn_key UNIQUE (interview_id, turn_key),
    CONSTRAINT fk_turns_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id),
    CONSTRAINT fk_turns_question_id_interview_questions FOREIGN KEY(question_id) REFERENCES interview_questions (id)
);

CREATE INDEX ix_turns_interview_id ON turns (interview_id);

CREATE TABLE question_scores (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    turn_id BIGINT NOT NULL,
    criterion VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    dimension VARCHAR NOT NULL,
    level DOUBLE PRECISION,
    anchor VARCHAR NOT NULL,
    quotes JSONB NOT NULL,
    keywords JSONB NOT NULL,
    abstained_reason VARCHAR,
    evaluator VARCHAR NOT NULL,
    versions JSONB NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_question_scores PRIMARY KEY (id),
    CONSTRAINT uq_question_scores_turn_id_criterion_evaluator UNIQUE (turn_id, criterion, evaluator),
    CONSTRAINT fk_question_scores_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id),
    CONSTRAINT fk_question_scores_turn_id_turns FOREIGN KEY(turn_id) REFERENCES turns (id)
);

CREATE INDEX ix_question_scores_interview_id ON question_scores (interview_id);

CREATE INDEX ix_question_scores_turn_id ON question_scores (turn_id);

CREATE TABLE transcripts (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    turn_id BIGINT,
    utterance_key VARCHAR,
    speaker VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    first_sample BIGINT,
    end_sample BIGINT,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE NOT NULL,
    voiced_ms INTEGER,
    confidence DOUBLE PRECISION,
    engine VARCHAR NOT NULL,
    accepted BOOLEAN DEFAULT 'true' NOT NULL,
    reject_reason VARCHAR,
    words JSONB,
    sentiment_score DOUBLE PRECISION,
    emotion VARCHAR,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_transcripts PRIMARY KEY (id),
    CONSTRAINT uq_transcripts_utterance_key UNIQUE (utterance_key),
    CONSTRAINT ck_transcripts_speaker CHECK (speaker in ('AI', 'User', 'Interviewer')),
    CONSTRAINT fk_transcripts_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id),
    CONSTRAINT fk_transcripts_turn_id_turns FOREIGN KEY(turn_id) REFERENCES turns (id)
);

CREATE INDEX ix_transcripts_interview_id ON transcripts (interview_id);

CREATE INDEX ix_transcripts_turn_id ON transcripts (turn_id);
